import { cancelledError, ExchangeError, throwIfCancelled } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Transport, TransportFactory, TransportPool } from '../transport.ts';

export interface TransportPoolOptions {
  /** How many connections may be open at most; at least 1. */
  readonly limit: number;
  readonly clock: Clock;
  /** Ends everything: openings and waiting work reject with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** How long no further connection is tried after one could not be opened beside others. */
const pauseAfterFailureMs = 5_000;

/**
 * Makes a pool; nothing is opened before the first use.
 *
 * Promise: work is served in the order it came. The first connection is opened alone, so that a wrong
 *          password is tried once and not once per connection; after it succeeded, several open at the same
 *          time. When opening fails while another connection is open, the work waits for that one; when
 *          none is open, all waiting work rejects with that failure. `close` rejects what still waits,
 *          lets running work end, then closes every connection.
 */
export function createTransportPool(factory: TransportFactory, options: TransportPoolOptions): TransportPool {
  return new Pool(factory, options);
}

interface Waiter {
  readonly serve: (transport: Transport) => void;
  readonly fail: (error: unknown) => void;
}

class Pool implements TransportPool {
  readonly #factory: TransportFactory;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #waiting: Waiter[] = [];
  readonly #idle: Transport[] = [];
  #limit: number;
  /** Connections that work is using now. */
  #busy = 0;
  #opening = 0;
  #openedOnce = false;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #closing: Promise<void> | undefined;
  #whenQuiet: (() => void) | undefined;

  constructor(factory: TransportFactory, options: TransportPoolOptions) {
    this.#factory = factory;
    this.#clock = options.clock;
    this.#limit = Math.max(1, Math.floor(options.limit));
    const { signal } = options;
    if (signal?.aborted) this.#cancelAll();
    // The pool's own signal takes the listener away at closing: the outer one may live as long as the program.
    else
      signal?.addEventListener('abort', () => this.#cancelAll(), { once: true, signal: this.#stop.signal });
  }

  get limit(): number {
    return this.#limit;
  }

  async use<T>(work: (transport: Transport) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const transport = await this.#acquire(signal);
    let drop = false;
    try {
      return await work(transport);
    } catch (error) {
      // A cancelled call may leave its connection in mid-transfer.
      drop = error instanceof ExchangeError && error.class === 'cancelled';
      throw error;
    } finally {
      if (drop) await transport.close();
      this.#busy -= 1;
      if (!transport.closed) this.#idle.push(transport);
      this.#pump();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    this.#cancelAll();
    if (this.#busy + this.#opening > 0) {
      await new Promise<void>((resolve) => {
        this.#whenQuiet = resolve;
      });
    }
    await Promise.all(this.#idle.splice(0).map((transport) => transport.close()));
  }

  #cancelAll(): void {
    this.#stop.abort();
    this.#failAll(cancelledError());
  }

  #failAll(error: unknown): void {
    for (const waiter of this.#waiting.splice(0)) waiter.fail(error);
  }

  #acquire(signal: AbortSignal | undefined): Promise<Transport> {
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      throwIfCancelled(this.#stop.signal);
      const leave = () => {
        const place = this.#waiting.indexOf(waiter);
        if (place >= 0) this.#waiting.splice(place, 1);
        waiter.fail(cancelledError());
      };
      const waiter: Waiter = {
        serve: (transport) => {
          signal?.removeEventListener('abort', leave);
          resolve(transport);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      this.#pump();
    });
  }

  /** Serves waiting work with idle connections, and opens new ones for the rest as far as allowed. */
  #pump(): void {
    while (this.#waiting.length > 0) {
      const transport = this.#takeIdle();
      if (transport === undefined) break;
      this.#busy += 1;
      this.#waiting.shift()?.serve(transport);
    }
    while (this.#mayOpen()) {
      this.#opening += 1;
      void this.#openOne();
    }
    if (this.#busy + this.#opening === 0) this.#whenQuiet?.();
  }

  #takeIdle(): Transport | undefined {
    let transport = this.#idle.pop();
    while (transport?.closed) transport = this.#idle.pop();
    return transport;
  }

  #mayOpen(): boolean {
    if (this.#stop.signal.aborted || this.#opening >= this.#waiting.length) return false;
    if (this.#busy + this.#idle.length + this.#opening >= this.#limit) return false;
    if (this.#busy === 0 && this.#opening === 0) return true;
    return this.#openedOnce && this.#clock.monotonic() >= this.#pausedUntil;
  }

  async #openOne(): Promise<void> {
    try {
      const transport = await this.#factory.open({ signal: this.#stop.signal });
      this.#opening -= 1;
      this.#openedOnce = true;
      this.#idle.push(transport);
    } catch (error) {
      this.#opening -= 1;
      this.#openingFailed(error);
    }
    this.#pump();
  }

  #openingFailed(error: unknown): void {
    const others = this.#busy + this.#idle.length + this.#opening;
    if (others === 0) {
      // The next attempt is alone again: what failed now may be the log-in.
      this.#openedOnce = false;
      this.#failAll(error);
      return;
    }
    this.#pausedUntil = this.#clock.monotonic() + pauseAfterFailureMs;
    if (error instanceof ExchangeError && error.code === 'too-many-connections') this.#limit = others;
  }
}
