import type { NumberRange, Receipt } from '../../../shared/receipt.ts';
import { formatRemoteName, inboxFolder } from '../../../shared/remoteNames.ts';
import type { SiteName } from '../../../shared/sites.ts';
import type { DueAnswer, InStreamRow, LedgerTables } from '../../ledger/ledger.ts';
import { randomShortId } from '../../platform/random.ts';
import { changeSite } from '../office/changeSite.ts';
import { sealJson } from '../office/sealedJson.ts';
import type { RunContext } from '../siteContext.ts';
import { areEditionsOwed, doesCentralReadEditions, editionsTold } from './oweEditions.ts';

/** Answers in one receipt; more go into the next one. */
const mostAnswers = 5000;
const mostRanges = 500;

/**
 * Writes one receipt for each sender that is owed an answer or asked to fill a gap, and queues it.
 *
 * A gap is asked for once: again only when the receipt that asked is no longer on the server, so that a
 * sender that is away does not come back to a heap of requests.
 */
export async function makeReceipts(run: RunContext, officeId: string): Promise<void> {
  const state = run.ledger.read((tables) => ({
    due: tables.receipts.dueAnswers(),
    damaged: tables.receipts.damagedNotes(),
    streams: tables.inStreams.all(),
    editionsOwed: run.me !== 'central' && areEditionsOwed(tables),
    editionsRead: run.me !== 'central' && doesCentralReadEditions(tables),
  }));
  const editions = state.editionsRead ? run.hooks?.editions?.() : undefined;
  const asking: InStreamRow[] = [];
  for (const stream of state.streams) {
    if (stream.missing.length > 0 && (await mustAsk(run, stream))) asking.push(stream);
  }
  const senders = new Set<SiteName>([
    ...state.due.map((answer) => answer.site),
    ...state.damaged.map((note) => note.site),
    ...asking.map((stream) => stream.from),
    ...(state.editionsOwed ? ['central' as const] : []),
  ]);
  for (const to of senders) {
    const answers = state.due.filter((answer) => answer.site === to);
    const damaged = state.damaged.filter((note) => note.site === to).map((note) => note.fileName);
    for (let start = 0; start === 0 || start < answers.length; start += mostAnswers) {
      const part = answers.slice(start, start + mostAnswers);
      run.ledger.commit('receipt-made', (tables) =>
        makeOne(run, { officeId, to, answers: part, damaged, streams: state.streams, editions }, tables),
      );
    }
  }
}

async function mustAsk(run: RunContext, stream: InStreamRow): Promise<boolean> {
  const { asked } = stream;
  if (asked === undefined || !isSame(asked.missing, stream.missing)) return true;
  const path = `${inboxFolder(stream.from)}/${asked.receiptFileName}`;
  const size = await run.pool.use(
    (transport) => transport.fileSize(path, { signal: run.signal }),
    run.signal,
  );
  return size === undefined;
}

function isSame(a: readonly NumberRange[], b: readonly NumberRange[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface ReceiptParts {
  readonly officeId: string;
  readonly to: SiteName;
  readonly answers: readonly DueAnswer[];
  readonly damaged: readonly string[];
  readonly streams: readonly InStreamRow[];
  readonly editions: Receipt['editions'];
}

function makeOne(run: RunContext, parts: ReceiptParts, tables: LedgerTables): void {
  const { officeId, to, answers, damaged, streams, editions } = parts;
  const site = tables.sites.get(to);
  // At least the time in milliseconds: a site that lost its ledger still counts on from where it was.
  const number = Math.max((site?.lastReceiptMade ?? 0) + 1, run.clock.now());
  const fileName = formatRemoteName({
    kind: 'receipt',
    from: run.me,
    to,
    sequence: number,
    shortId: randomShortId(run.random),
  });
  const positions = streams.filter((stream) => stream.from === to);
  const receipt: Receipt = {
    formatVersion: 1,
    officeId,
    from: run.me,
    fromGuid: run.guid,
    program: run.version,
    to,
    number,
    createdMs: run.clock.now(),
    answers: answers.map(({ fileName: answered, outcome, code, message }) => ({
      fileName: answered,
      outcome,
      code,
      message,
    })),
    positions: positions.map((stream) => ({
      streamId: stream.streamId,
      to: stream.to,
      appliedThrough: stream.appliedThrough,
      missing: stream.missing.slice(0, mostRanges),
    })),
    damagedReceipts: damaged.slice(0, 1000),
    ...(to === 'central' && editions !== undefined ? { editions } : {}),
  };
  tables.receipts.add(
    { fileName, to, number, body: sealJson(receipt), state: 'pending', createdMs: receipt.createdMs },
    { answers: answers.map((answer) => answer.id), damaged: receipt.damagedReceipts },
  );
  for (const stream of positions) {
    if (stream.missing.length === 0 && stream.asked === undefined) continue;
    const asked =
      stream.missing.length > 0 ? { missing: stream.missing, receiptFileName: fileName } : undefined;
    tables.inStreams.put({ ...stream, asked });
  }
  if (to === 'central') editionsTold(tables);
  changeSite(tables, to, run.clock.now(), { lastReceiptMade: number });
}
