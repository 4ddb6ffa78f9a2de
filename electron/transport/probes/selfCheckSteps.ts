import { Readable } from 'node:stream';
import { ExchangeError } from '../../../shared/errors.ts';
import { tmpFolder } from '../../../shared/remoteNames.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { Transport, UploadSource } from '../transport.ts';
import type { SelfCheckWorkspace } from './selfCheckWorkspace.ts';
import type { StepFinding } from './stepRunner.ts';

/** Enough to need several packets of the network, little enough for a slow line. */
const usualSampleBytes = 100_000;
const worthSayingMs = 5 * 60 * 1000;

export interface SelfCheckSession {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly workspace: SelfCheckWorkspace;
  /** How long the written file is. Default: 100,000. */
  readonly sampleBytes?: number;
  /** A working connection: the one before, or a fresh one after that was lost. */
  connect(): Promise<Transport>;
}

/** The steps that touch files. Each takes what the ones before it left, and says what it found. */
export class SelfCheckSteps {
  readonly #session: SelfCheckSession;
  readonly #sample: Buffer;
  readonly #uploaded: string;
  readonly #target: string;
  #writtenAtMs = 0;
  #serverTimeMs: number | undefined;
  #renamesAcross = true;

  constructor(session: SelfCheckSession) {
    this.#session = session;
    // Every byte, and line ends of all kinds: what a text conversion would change.
    this.#sample = Buffer.concat([
      session.random.bytes(session.sampleBytes ?? usualSampleBytes),
      Buffer.from('\r\n\n\r\0\u001a\xff\r\n', 'latin1'),
    ]);
    this.#uploaded = `${session.workspace.folder}-upload`;
    this.#target = `${session.workspace.folder}/renamed`;
  }

  async makeFolder(): Promise<StepFinding> {
    const { workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    workspace.noteFolders(await this.#lacksTmp(transport));
    await (await this.#session.connect()).makeFolder(workspace.folder, { signal });
    return { detail: workspace.folder };
  }

  async write(): Promise<StepFinding> {
    const { clock, workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    const path = workspace.fileInTmp('upload');
    const start = clock.monotonic();
    await transport.upload(path, sourceOf(this.#sample), { signal });
    this.#writtenAtMs = clock.now();
    return { detail: `${this.#sample.length} bytes${rate(this.#sample.length, clock.monotonic() - start)}` };
  }

  async size(): Promise<StepFinding> {
    const { signal } = this.#session;
    const transport = await this.#session.connect();
    const size = await transport.fileSize(this.#uploaded, { signal });
    this.#serverTimeMs = await this.#modifiedTime(transport);
    if (size !== this.#sample.length)
      throw wrong(`${this.#sample.length} bytes were sent, the server tells ${size}.`);
    return { detail: `${size} bytes` };
  }

  async readBack(): Promise<StepFinding> {
    await this.#expectContent(await this.#session.connect(), this.#uploaded, this.#sample);
    return { detail: 'Every byte is the same.' };
  }

  async resume(): Promise<StepFinding> {
    const { workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    if (!transport.traits.resumesUploads) throw wrong('The server does not offer it.');
    const path = workspace.fileInTmp('resume');
    const half = Math.floor(this.#sample.length / 2);
    await transport.upload(path, sourceOf(this.#sample.subarray(0, half)), { signal });
    await transport.upload(path, sourceOf(this.#sample), { signal, offset: half });
    try {
      await this.#expectContent(transport, path, this.#sample);
    } catch (error) {
      if (error instanceof ExchangeError && error.code === 'wrong-answer') throw damagedByResuming();
      throw error;
    }
    return { detail: `Continued at byte ${half}.` };
  }

  async list(): Promise<StepFinding> {
    const { signal } = this.#session;
    const transport = await this.#session.connect();
    const entries = await transport.list(tmpFolder, { signal });
    const entry = entries.find(({ name }) => `${tmpFolder}/${name}` === this.#uploaded);
    if (entry === undefined) throw wrong(`The list of ${tmpFolder} does not show ${this.#uploaded}.`);
    if (entry.sizeBytes !== undefined && entry.sizeBytes !== this.#sample.length) {
      throw wrong(`The list tells ${entry.sizeBytes} bytes instead of ${this.#sample.length}.`);
    }
    return { detail: transport.traits.exactListings ? 'With exact sizes and times.' : 'With sizes.' };
  }

  async rename(): Promise<StepFinding> {
    const { workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    workspace.fileInFolder('renamed');
    try {
      await transport.rename(this.#uploaded, this.#target, { signal });
    } catch (error) {
      const within = await this.#renameWithinFolder(error);
      if (within !== undefined) return within;
      throw error;
    }
    await this.#expectMoved(await this.#session.connect(), this.#uploaded, this.#target);
    return { detail: `From ${tmpFolder} into another folder.` };
  }

  async renameOntoExisting(): Promise<StepFinding> {
    const { workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    const path = this.#renamesAcross ? workspace.fileInTmp('second') : workspace.fileInFolder('second');
    const other = Buffer.from('second');
    await transport.upload(path, sourceOf(other), { signal });
    const told = { meaning: 'Transmissions do not depend on it: they never use a name twice.', advice: '' };
    try {
      await transport.rename(path, this.#target, { signal });
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
      return { detail: 'The server refuses it, and keeps the existing file.', note: told };
    }
    const size = await (await this.#session.connect()).fileSize(this.#target, { signal });
    const replaced = size === other.length;
    return {
      detail: replaced ? 'The existing file is replaced.' : `The outcome is unclear (${size} bytes).`,
      note: told,
    };
  }

  async remove(): Promise<StepFinding> {
    const { signal } = this.#session;
    const transport = await this.#session.connect();
    const path =
      (await transport.fileSize(this.#target, { signal })) === undefined ? this.#uploaded : this.#target;
    await transport.remove(path, { signal });
    const left = await transport.fileSize(path, { signal });
    if (left !== undefined) throw wrong('The server says that the file is deleted, but it is still there.');
    return { detail: 'The file is gone.' };
  }

  async removeFolder(): Promise<StepFinding> {
    const { workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    await transport.removeFolder(workspace.folder, { signal });
    return { detail: 'The folder is gone.' };
  }

  async clockDifference(): Promise<StepFinding> {
    if (this.#serverTimeMs === undefined) throw wrong('The server does not tell the time of a file.');
    const seconds = Math.round((this.#serverTimeMs - this.#writtenAtMs) / 1000);
    const detail =
      seconds === 0
        ? 'None.'
        : `The server is ${inWords(Math.abs(seconds))} ${seconds > 0 ? 'ahead' : 'behind'}.`;
    if (Math.abs(seconds) * 1000 < worthSayingMs) return { detail };
    const meaning =
      'One of the two clocks is wrong, or the server tells local time. Times in lists and logs will not agree.';
    const advice = 'Check the time and time zone of this computer; if they are right, tell the FTP provider.';
    return { detail, note: { meaning, advice } };
  }

  async freeSpace(): Promise<StepFinding> {
    const transport = await this.#session.connect();
    const bytes = await transport.freeBytes?.({ signal: this.#session.signal });
    if (bytes === undefined) return { detail: 'The server does not tell.' };
    const megabytes = Math.floor(bytes / 1_000_000);
    if (megabytes >= 500) return { detail: `${megabytes} MB` };
    const meaning = 'When there is no room left, packets wait here until there is.';
    return { detail: `${megabytes} MB`, note: { meaning, advice: 'Ask the FTP provider for more room.' } };
  }

  async #lacksTmp(transport: Transport): Promise<boolean> {
    try {
      const home = await transport.list('', { signal: this.#session.signal });
      return !home.some((entry) => entry.name === tmpFolder);
    } catch (error) {
      // That listing does not work is told by the step of its own.
      if (error instanceof ExchangeError && error.class !== 'cancelled') return false;
      throw error;
    }
  }

  async #modifiedTime(transport: Transport): Promise<number | undefined> {
    try {
      return await transport.modifiedTime(this.#uploaded, { signal: this.#session.signal });
    } catch (error) {
      if (error instanceof ExchangeError && error.class === 'fix') return undefined;
      throw error;
    }
  }

  /** Where tmp/ and the other folders lie on different disks, renaming beside the target still publishes. */
  async #renameWithinFolder(error: unknown): Promise<StepFinding | undefined> {
    if (!(error instanceof ExchangeError) || error.class !== 'fix') return undefined;
    const { workspace, signal } = this.#session;
    const transport = await this.#session.connect();
    const part = workspace.fileInFolder('part');
    try {
      await transport.upload(part, sourceOf(this.#sample), { signal });
      await transport.rename(part, this.#target, { signal });
    } catch (second) {
      if (second instanceof ExchangeError && second.class === 'fix') return undefined;
      throw second;
    }
    await this.#expectMoved(transport, part, this.#target);
    this.#renamesAcross = false;
    const meaning =
      'Packets are uploaded beside their final place as ".part" and renamed there, which is just as safe.';
    const advice = 'Nothing has to be done. The FTP provider can allow renaming from one folder to another.';
    return { detail: `Only within a folder: ${error.message}`, note: { meaning, advice } };
  }

  async #expectMoved(transport: Transport, from: string, to: string): Promise<void> {
    const { signal } = this.#session;
    const size = await transport.fileSize(to, { signal });
    const left = await transport.fileSize(from, { signal });
    if (size !== this.#sample.length)
      throw wrong('The server says that the file is renamed, but it is not there whole.');
    if (left !== undefined) throw wrong('After renaming, the file is still there under its old name.');
  }

  async #expectContent(transport: Transport, path: string, expected: Buffer): Promise<void> {
    const chunks: Buffer[] = [];
    const sink = { write: async (chunk: Buffer) => void chunks.push(chunk) };
    await transport.download(path, sink, { signal: this.#session.signal, expectedBytes: expected.length });
    if (!Buffer.concat(chunks).equals(expected)) throw wrong('What comes back is not what was sent.');
  }
}

function sourceOf(content: Buffer): UploadSource {
  return { sizeBytes: content.length, open: (offset) => Readable.from([content.subarray(offset)]) };
}

/** A server that answers, but not as it should. */
function wrong(message: string): ExchangeError {
  return new ExchangeError({ code: 'wrong-answer', class: 'fix', message });
}

/** Worse than not being able to resume: it claims to, and spoils the file. */
function damagedByResuming(): ExchangeError {
  return new ExchangeError({
    code: 'resumed-damaged',
    class: 'fix',
    message: 'The server claims to continue an upload, but the file comes out damaged.',
  });
}

function rate(bytes: number, ms: number): string {
  return ms < 1 ? '' : `, ${Math.round(bytes / ms)} kB/s`;
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
