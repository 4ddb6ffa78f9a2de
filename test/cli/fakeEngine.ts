import type { Engine, ResendRequest, SaveOptions, TransmitOptions } from '../../electron/engine/engine.ts';
import type { AreaCallName, CallInput, CallOutput } from '../../shared/contract/calls.ts';
import type { HistoryNote } from '../../shared/contract/rows.ts';
import { type ErrorReport, ExchangeError } from '../../shared/errors.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import type { CheckReport, QueueRow, StatusView, TransmissionDetail } from '../../shared/views.ts';

export const guid = '6f1c2f0e-8a1b-4c5d-9e2f-0123456789ab';
export const officeId = '0b9f6c1a-1111-4222-8333-444455556666';

export function storeSettings(changes: object = {}): Settings {
  return settingsSchema.parse({
    formatVersion: 1,
    site: { role: 'store', storeNumber: '0012', name: 'Riverside', guid },
    ...changes,
  });
}

export function resultOf(changes: Partial<TransmissionResult> = {}): TransmissionResult {
  return {
    transmissionId: '019abc12-0000-7000-8000-000000000001',
    outcome: 'done',
    startedMs: 1_795_250_000_000,
    endedMs: 1_795_250_003_200,
    packed: { packets: 1, files: 14, leftForNextTime: 0 },
    sent: { packets: 1, bytes: 1_234_000 },
    received: { packets: 2, files: 3, bytes: 900, rejected: 0, duplicates: 0, waiting: 0 },
    receipts: { sent: 2, received: 0 },
    queue: { queued: 0, skipped: 0 },
    attention: [],
    error: undefined,
    ...changes,
  };
}

export function errorReport(code: string, errorClass: ErrorReport['class']): ErrorReport {
  return { code, class: errorClass, message: `This is ${code}.`, advice: `Mend ${code}.` };
}

export const queueRow: QueueRow = {
  id: 12,
  packetId: '019abc12-0000-7000-8000-000000000002',
  fileName: '0012-central-00000042-k3f9q2m7.tar.zst',
  to: 'central',
  folder: 'central',
  sequence: 42,
  kind: 'files',
  state: 'skipped',
  sizeBytes: 2048,
  files: 3,
  createdMs: 1_795_250_000_000,
  attempts: 6,
  nextTryMs: undefined,
  lastError: errorReport('connection-lost', 'retry'),
  awaiting: ['central'],
};

/** An engine that remembers what it was asked and answers what it was told to. */
export class FakeEngine implements Engine {
  readonly dataDir: string;
  readonly calls: string[] = [];
  current: Settings | undefined = storeSettings();
  password: string | undefined;
  check: CheckReport = {
    ok: true,
    verdict: 'It works.',
    server: 'ftp.example.com',
    steps: [],
    error: undefined,
  };
  onTransmit: (options: TransmitOptions) => Promise<TransmissionResult> = async () => resultOf();
  rows: QueueRow[] = [];
  unavailable: string[] = [];
  detail: TransmissionDetail | undefined;
  attention: string[] = [];
  /** What the proof of a save tells, where there is one. */
  proof: CheckReport | undefined;
  notes: HistoryNote[] = [];
  closed = 0;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  settings() {
    return this.current;
  }
  async init(request: Parameters<Engine['init']>[0]) {
    this.calls.push(`init ${JSON.stringify(request)}`);
    if (this.current !== undefined) {
      throw new ExchangeError({ code: 'already-configured', class: 'fix', message: 'Already set up.' });
    }
    const identity = { guid, name: request.name };
    const site =
      request.role === 'central'
        ? { role: 'central', officeId, ...identity }
        : { role: 'store', storeNumber: request.storeNumber, ...identity };
    this.current = settingsSchema.parse({ formatVersion: 1, site });
    return this.current;
  }
  async saveSettings(settings: unknown, options: SaveOptions = {}) {
    this.calls.push('saveSettings');
    if (options.password?.do === 'set') this.password = options.password.value;
    if (options.password?.do === 'clear') this.password = undefined;
    if (this.proof !== undefined) options.onReport?.(this.proof);
    this.current = settingsSchema.parse(settings);
    return this.current;
  }
  async setPassword(password: string | undefined) {
    this.password = password;
  }
  async hasPassword() {
    return this.password !== undefined;
  }
  async testConnection() {
    return this.check;
  }
  async selfCheck() {
    return this.check;
  }
  transmit(options: TransmitOptions) {
    this.calls.push(`transmit ${options.mode}`);
    return this.onTransmit(options);
  }
  queue() {
    return this.rows;
  }
  queueRetry(ids?: readonly number[]) {
    this.calls.push(`retry ${ids?.join(' ') ?? 'all'}`);
    return ids?.length ?? this.rows.length;
  }
  queueSkip(ids: readonly number[]) {
    this.calls.push(`skip ${ids.join(' ')}`);
    return ids.length;
  }
  queueCancel(ids: readonly number[]) {
    this.calls.push(`cancel ${ids.join(' ')}`);
    return ids.length;
  }
  async resend(request: ResendRequest) {
    this.calls.push(`resend ${JSON.stringify(request)}`);
    return { queued: 2, unavailable: this.unavailable };
  }
  history() {
    return this.detail === undefined ? [] : [this.detail];
  }
  historyShow(transmissionId: string) {
    return this.detail?.transmissionId === transmissionId ? this.detail : undefined;
  }
  async status(): Promise<StatusView> {
    return {
      configured: true,
      site: { role: 'store', name: storeNumber(), label: 'Riverside', guid },
      office: { officeId },
      server: 'ftp.example.com',
      lastTransmission: this.detail,
      queue: { queued: 1, published: 0, skipped: 0, bytes: 10 },
      waitingFiles: 0,
      stores: [],
      streams: [],
      attention: this.attention,
    };
  }
  queueFiles(): never[] {
    return [];
  }

  stores(): never[] {
    return [];
  }

  historyNotes() {
    return this.notes;
  }

  historyPage(): never[] {
    return [];
  }

  historyDays(): never[] {
    return [];
  }

  historyFiles(): never[] {
    return [];
  }

  historyCsv(): string {
    return '';
  }

  ask<N extends AreaCallName>(_name: N, _input: CallInput<N>): Promise<CallOutput<N>> {
    throw new Error('This fake has no areas.');
  }

  on() {
    return () => undefined;
  }

  async close() {
    this.closed += 1;
  }
}

function storeNumber() {
  const { site } = storeSettings();
  if (site.role !== 'store') throw new Error('These are the settings of a store.');
  return site.storeNumber;
}
