import { ExchangeError } from '../../../shared/errors.ts';
import type { DownloadSink, RemoteEntry, Transport, TransportFactory, UploadSource } from '../transport.ts';
import { sizeMismatch } from '../transportErrors.ts';
import { changeSource } from './changeChunks.ts';
import {
  DecoratedTransport,
  type DownloadOptions,
  type TransportCall,
  type UploadOptions,
} from './decoratedTransport.ts';
import type { Fault } from './fault.ts';
import type { FaultScript } from './faultScript.ts';

type Failure = Extract<Fault, { kind: 'fail' | 'crash' }>;

/**
 * Lets things go wrong by script, in ways that real servers and networks do.
 *
 * Promise: without a fault every call passes unchanged. After a crash every call throws the crash's error,
 *          also those that were under way. `close` never fails.
 */
export function withScriptedFaults(factory: TransportFactory, script: FaultScript): TransportFactory {
  return {
    label: factory.label,
    async open(options) {
      const fault = script.next('open', '');
      const failure = isFailure(fault) ? fault : undefined;
      if (failure !== undefined && failure.when !== 'after') throw await strike(failure, script);
      const inner = await factory.open(options);
      if (failure !== undefined || script.crashed !== undefined) {
        await inner.close();
        if (failure !== undefined) throw await strike(failure, script);
        script.throwIfCrashed();
      }
      script.opened(inner);
      return new FaultyTransport(inner, script);
    },
  };
}

/** Thrown through the inner transport to stop a download; never leaves this file. */
class StopDownload extends Error {}

class FaultyTransport extends DecoratedTransport {
  readonly #script: FaultScript;

  constructor(inner: Transport, script: FaultScript) {
    super(inner);
    this.#script = script;
  }

  override async close(): Promise<void> {
    this.#script.closed(this.inner);
    await this.inner.close();
  }

  protected override around<T>(call: TransportCall, run: () => Promise<T>): Promise<T> {
    return this.#with(call, run);
  }

  override async list(...args: Parameters<Transport['list']>): Promise<RemoteEntry[]> {
    let change: Extract<Fault, { kind: 'listing' }>['change'] | undefined;
    const call = { method: 'list', path: args[0], signal: args[1]?.signal } as const;
    const entries = await this.#with(
      call,
      () => this.inner.list(...args),
      (fault) => {
        if (fault.kind === 'listing') change = fault.change;
      },
    );
    if (change === undefined) return entries;
    if (change === 'duplicate') return entries.flatMap((entry) => [entry, { ...entry }]);
    return change === 'reverse' ? entries.reverse() : change(entries);
  }

  override upload(path: string, source: UploadSource, options?: UploadOptions): Promise<void> {
    let limit = Number.POSITIVE_INFINITY;
    let flipAt: number | undefined;
    const call = { method: 'upload', path, signal: options?.signal } as const;
    return this.#with(
      call,
      () => {
        const script = this.#script;
        const changed = changeSource(source, async function* (chunks) {
          let position = 0;
          for await (const chunk of chunks) {
            script.throwIfCrashed();
            const room = limit - position;
            if (room <= 0) return;
            yield flip(room < chunk.length ? chunk.subarray(0, room) : chunk, position, flipAt);
            position += chunk.length;
          }
        });
        const unchanged = limit === Number.POSITIVE_INFINITY && flipAt === undefined;
        return this.inner.upload(path, unchanged ? source : changed, options);
      },
      (fault) => {
        limit = bytesBefore(fault);
        flipAt = flipPosition(fault, source.sizeBytes - (options?.offset ?? 0));
      },
    );
  }

  override download(path: string, sink: DownloadSink, options?: DownloadOptions): Promise<number> {
    let limit = Number.POSITIVE_INFINITY;
    let flipAt: number | undefined;
    let cutsSilently = false;
    let position = 0;
    const call = { method: 'download', path, signal: options?.signal } as const;
    const changed: DownloadSink = {
      write: async (chunk) => {
        this.#script.throwIfCrashed();
        const room = limit - position;
        const part = flip(room < chunk.length ? chunk.subarray(0, room) : chunk, position, flipAt);
        if (part.length > 0) await sink.write(part);
        position += part.length;
        if (part.length < chunk.length) throw new StopDownload();
      },
    };
    return this.#with(
      call,
      async () => {
        try {
          return await this.inner.download(path, changed, options);
        } catch (error) {
          if (!(error instanceof StopDownload) || !cutsSilently) throw error;
          const offset = options?.offset ?? 0;
          if (options?.expectedBytes === undefined) return position;
          throw sizeMismatch(path, offset + position, options.expectedBytes);
        }
      },
      (fault) => {
        limit = bytesBefore(fault);
        cutsSilently = fault.kind === 'truncate';
        const expected = options?.expectedBytes;
        flipAt = flipPosition(fault, expected === undefined ? undefined : expected - (options?.offset ?? 0));
      },
    );
  }

  /** Runs a call under the script: fails it as the script says, or lets `prepare` bend it first. */
  async #with<T>(
    call: TransportCall,
    run: () => Promise<T>,
    prepare: (fault: Fault) => void = () => {},
  ): Promise<T> {
    const script = this.#script;
    const fault = script.next(call.method, call.path, call.to);
    if (fault === undefined) {
      try {
        return await run();
      } finally {
        script.throwIfCrashed();
      }
    }
    if (!isFailure(fault)) {
      prepare(fault);
      const result = await run();
      script.throwIfCrashed();
      return result;
    }
    const isTransfer = call.method === 'upload' || call.method === 'download';
    if (fault.when === 'before' || (typeof fault.when === 'object' && !isTransfer)) {
      throw await strike(fault, script, this.inner);
    }
    prepare(fault);
    // Whatever the server answered is lost with the connection; only the caller's own cancelling counts.
    await run().catch((error: unknown) => {
      if (error instanceof ExchangeError && error.class === 'cancelled') throw error;
    });
    throw await strike(fault, script, this.inner);
  }
}

async function strike(failure: Failure, script: FaultScript, transport?: Transport): Promise<Error> {
  if (failure.kind === 'crash') await script.crash(failure.error);
  else if (failure.closes === true) await transport?.close();
  return script.crashed ?? failure.error;
}

function isFailure(fault: Fault | undefined): fault is Failure {
  return fault?.kind === 'fail' || fault?.kind === 'crash';
}

function bytesBefore(fault: Fault): number {
  if (fault.kind === 'truncate') return fault.afterBytes;
  return isFailure(fault) && typeof fault.when === 'object'
    ? fault.when.afterBytes
    : Number.POSITIVE_INFINITY;
}

function flipPosition(fault: Fault, length: number | undefined): number | undefined {
  if (fault.kind !== 'corrupt') return undefined;
  return length === undefined || length <= 0 ? fault.atByte : fault.atByte % length;
}

function flip(chunk: Buffer, position: number, at: number | undefined): Buffer {
  if (at === undefined || at < position || at >= position + chunk.length) return chunk;
  const flipped = Buffer.from(chunk);
  flipped.writeUInt8(flipped.readUInt8(at - position) ^ 0x01, at - position);
  return flipped;
}
