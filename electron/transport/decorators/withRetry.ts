import { ExchangeError, throwIfCancelled } from '../../../shared/errors.ts';
import { oneAtATime } from '../oneAtATime.ts';
import type { DownloadSink, Transport, TransportFactory } from '../transport.ts';
import { connectionLost } from '../transportErrors.ts';
import {
  DecoratedTransport,
  type DownloadOptions,
  type TransportCall,
  type TransportMethod,
} from './decoratedTransport.ts';

/**
 * Makes one fresh attempt, at once and on a new connection, where a connection was lost during a call that
 * does the same when repeated.
 *
 * Promise: never repeats an upload or a rename: whoever asked for it has to look first what became of it.
 *          Never repeats twice, and never waits: delays belong to the delivery rules. A download goes on at
 *          the byte it had reached; no byte is handed to the sink twice.
 * Errors:  the first `connection-lost` when no fresh connection can be opened.
 */
export function withRetry(factory: TransportFactory): TransportFactory {
  return {
    label: factory.label,
    open: async (options) => new RetryingTransport(await factory.open(options), factory),
  };
}

const neverRepeated: readonly TransportMethod[] = ['upload', 'rename', 'download'];

class RetryingTransport extends DecoratedTransport {
  readonly #factory: TransportFactory;
  readonly #inTurn = oneAtATime();
  #closedByCaller = false;

  constructor(inner: Transport, factory: TransportFactory) {
    super(inner);
    this.#factory = factory;
  }

  override close(): Promise<void> {
    this.#closedByCaller = true;
    return this.inner.close();
  }

  protected override around<T>(call: TransportCall, run: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const wasClosed = this.inner.closed;
      try {
        return await run();
      } catch (error) {
        if (wasClosed || neverRepeated.includes(call.method)) throw error;
        await this.#reconnect(error, call.signal);
        return await run();
      }
    });
  }

  override download(path: string, sink: DownloadSink, options?: DownloadOptions): Promise<number> {
    const start = options?.offset ?? 0;
    let delivered = 0;
    let sinkFailed = false;
    const counting: DownloadSink = {
      async write(chunk) {
        try {
          await sink.write(chunk);
        } catch (error) {
          sinkFailed = true;
          throw error;
        }
        delivered += chunk.length;
      },
    };
    const run = async (): Promise<number> => {
      await this.inner.download(path, counting, { ...options, offset: start + delivered });
      return delivered;
    };
    return this.#inTurn(async () => {
      const wasClosed = this.inner.closed;
      try {
        return await run();
      } catch (error) {
        if (wasClosed || sinkFailed) throw error;
        if (start + delivered > 0 && !this.traits.resumesDownloads) throw error;
        await this.#reconnect(error, options?.signal);
        return await run();
      }
    });
  }

  /** Replaces the connection after it was lost; throws `error` for every other reason to fail. */
  async #reconnect(error: unknown, signal: AbortSignal | undefined): Promise<void> {
    if (!(error instanceof ExchangeError) || error.code !== 'connection-lost') throw error;
    throwIfCancelled(signal);
    if (this.#closedByCaller) throw error;
    await this.inner.close();
    let fresh: Transport;
    try {
      fresh = await this.#factory.open({ signal });
    } catch {
      throwIfCancelled(signal);
      throw error;
    }
    this.inner = fresh;
    if (!this.#closedByCaller) return;
    await fresh.close();
    throw connectionLost('The connection was closed.');
  }
}
