import { cancelledError, type ExchangeError, throwIfCancelled } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { oneAtATime } from './oneAtATime.ts';
import { splitRemoteFilePath, splitRemotePath } from './remotePath.ts';
import type { CallOptions } from './transport.ts';
import { connectionLost } from './transportErrors.ts';

export interface ConnectionTurnsInit {
  readonly clock: Clock;
  /** 0: never. */
  readonly keepAliveSeconds: number;
  readonly connection: {
    readonly failure: ExchangeError | undefined;
    /** Breaks the connection off; whoever waits gets this error. */
    fail(error: ExchangeError): void;
  };
  /** Asks the server something small, so that neither it nor a router forgets the connection. */
  keepAlive(): Promise<void>;
  /** Takes leave of a server that waits for nothing. Never throws. */
  sayGoodbye(): Promise<void>;
}

/** The paths of a call: a file needs a name, a folder may be the home directory. */
export interface CallPaths {
  readonly files?: readonly string[];
  readonly folders?: readonly string[];
}

/**
 * The calls of one connection: one at a time, each cancellable, with something said when nobody calls for long.
 *
 * Promise: cancelling a call that is under way breaks the connection off; one that waits ends at once, alone.
 */
export class ConnectionTurns {
  readonly #init: ConnectionTurnsInit;
  readonly #inTurn = oneAtATime();
  #busy = 0;
  #closing: Promise<void> | undefined;
  #stopKeepAlive = () => {};

  constructor(init: ConnectionTurnsInit) {
    this.#init = init;
    this.#scheduleKeepAlive();
  }

  get closed(): boolean {
    return this.#closing !== undefined || this.#init.connection.failure !== undefined;
  }

  /** Runs a call in its turn. Errors: bad-path, cancelled, connection-lost; what the work throws. */
  async call<T>(paths: CallPaths, options: CallOptions | undefined, work: () => Promise<T>): Promise<T> {
    for (const path of paths.files ?? []) splitRemoteFilePath(path);
    for (const path of paths.folders ?? []) splitRemotePath(path);
    throwIfCancelled(options?.signal);
    this.#busy += 1;
    this.#stopKeepAlive();
    try {
      return await this.#whenItsTurnComes(options?.signal, work);
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#scheduleKeepAlive();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  async #whenItsTurnComes<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const { promise: cancelled, reject } = Promise.withResolvers<never>();
    let waiting = true;
    const stopWaiting = () => {
      if (waiting) reject(cancelledError());
    };
    signal?.addEventListener('abort', stopWaiting, { once: true });
    const turn = this.#inTurn(() => {
      waiting = false;
      return this.#run(signal, work);
    });
    try {
      return await Promise.race([turn, cancelled]);
    } finally {
      signal?.removeEventListener('abort', stopWaiting);
    }
  }

  async #run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    throwIfCancelled(signal);
    if (this.closed) throw this.#closedError();
    const cancel = () => this.#init.connection.fail(cancelledError());
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #closedError(): ExchangeError {
    const { failure } = this.#init.connection;
    if (failure?.code === 'connection-lost') return failure;
    return connectionLost(
      failure === undefined
        ? 'The connection was closed.'
        : `The connection was closed before: ${failure.message}`,
      failure,
    );
  }

  #scheduleKeepAlive(): void {
    const { clock, keepAliveSeconds, keepAlive } = this.#init;
    this.#stopKeepAlive();
    if (keepAliveSeconds === 0 || this.closed) return;
    this.#stopKeepAlive = clock.after(keepAliveSeconds * 1000, () => {
      if (this.closed || this.#busy > 0) return;
      // In turn like any call: one that is made meanwhile waits for the answer.
      this.#inTurn(keepAlive)
        .catch(() => {})
        .finally(() => {
          if (this.#busy === 0) this.#scheduleKeepAlive();
        });
    });
  }

  async #leave(): Promise<void> {
    this.#stopKeepAlive();
    const { connection, sayGoodbye } = this.#init;
    if (connection.failure === undefined && this.#busy === 0) await sayGoodbye();
    connection.fail(connectionLost('The connection was closed.'));
  }
}
