import { ExchangeError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DownloadSink, RemoteEntry, Transport, TransportFactory, UploadSource } from '../transport.ts';
import { type ByteBudget, createByteBudget } from './byteBudget.ts';
import { changeSource } from './changeChunks.ts';
import {
  DecoratedTransport,
  type DownloadOptions,
  type TransportCall,
  type UploadOptions,
} from './decoratedTransport.ts';

export interface TransportLimits {
  readonly clock: Clock;
  /** For all connections of the factory together. Default: no bound. */
  readonly uploadBytesPerSecond?: number | undefined;
  readonly downloadBytesPerSecond?: number | undefined;
  /** A longer listing is refused with `bad-reply`. Default: no bound beyond the adapter's own. */
  readonly entries?: number | undefined;
}

/** Keeps transfers below a rate and listings below a length. */
export function withLimits(factory: TransportFactory, limits: TransportLimits): TransportFactory {
  const budget = (rate: number | undefined) =>
    rate === undefined ? undefined : createByteBudget(rate, limits.clock);
  const up = budget(limits.uploadBytesPerSecond);
  const down = budget(limits.downloadBytesPerSecond);
  const entries = limits.entries ?? Number.POSITIVE_INFINITY;
  return {
    label: factory.label,
    open: async (options) => new LimitedTransport(await factory.open(options), up, down, entries),
  };
}

class LimitedTransport extends DecoratedTransport {
  readonly #up: ByteBudget | undefined;
  readonly #down: ByteBudget | undefined;
  readonly #entries: number;

  constructor(inner: Transport, up: ByteBudget | undefined, down: ByteBudget | undefined, entries: number) {
    super(inner);
    this.#up = up;
    this.#down = down;
    this.#entries = entries;
  }

  protected override around<T>(_call: TransportCall, run: () => Promise<T>): Promise<T> {
    return run();
  }

  override async list(...args: Parameters<Transport['list']>): Promise<RemoteEntry[]> {
    const entries = await this.inner.list(...args);
    if (entries.length <= this.#entries) return entries;
    throw new ExchangeError({
      code: 'bad-reply',
      class: 'retry',
      message: `The folder ${args[0] || 'home'} has ${entries.length} entries, more than the ${this.#entries} allowed.`,
      advice: 'Remove files that do not belong there.',
    });
  }

  override upload(path: string, source: UploadSource, options?: UploadOptions): Promise<void> {
    const budget = this.#up;
    if (budget === undefined) return this.inner.upload(path, source, options);
    const metered = changeSource(source, async function* (chunks) {
      for await (const chunk of chunks) {
        for (const piece of pieces(chunk, budget.largestPiece)) {
          await budget.take(piece.length, options?.signal);
          yield piece;
        }
      }
    });
    return this.inner.upload(path, metered, options);
  }

  override download(path: string, sink: DownloadSink, options?: DownloadOptions): Promise<number> {
    const budget = this.#down;
    if (budget === undefined) return this.inner.download(path, sink, options);
    const metered: DownloadSink = {
      async write(chunk) {
        for (const piece of pieces(chunk, budget.largestPiece)) {
          await budget.take(piece.length, options?.signal);
          await sink.write(piece);
        }
      },
    };
    return this.inner.download(path, metered, options);
  }
}

function* pieces(chunk: Buffer, largest: number): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += largest) yield chunk.subarray(at, at + largest);
}
