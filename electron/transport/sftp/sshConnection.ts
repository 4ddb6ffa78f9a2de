import { Socket } from 'node:net';
import { Client } from 'ssh2';
import type { ExchangeError } from '../../../shared/errors.ts';
import { connectionLost } from '../transportErrors.ts';
import { type SshPhase, sshError } from './sshError.ts';

/**
 * One SSH connection and what ended it.
 *
 * Promise: the first failure counts; whoever waits gets it, and no event of the library goes unheard.
 */
export class SshConnection {
  readonly socket = new Socket();
  readonly client = new Client();
  /** How far the opening has come: it decides what a broken connection means. */
  phase: SshPhase = 'greeting';
  readonly #target: string;
  readonly #listeners = new Set<(error: ExchangeError) => void>();
  #failure: ExchangeError | undefined;

  constructor(target: string) {
    this.#target = target;
    const broken = (error: Error) => this.fail(sshError(error, this.phase, target));
    const ended = () => broken(new Error('The server closed the connection.'));
    this.client.on('error', broken).on('end', ended).on('close', ended);
    // Before the library listens, and after it let go.
    this.socket.on('error', broken);
  }

  get failure(): ExchangeError | undefined {
    return this.#failure;
  }

  /** What an error of the library means now. */
  explain(error: Error): ExchangeError {
    return sshError(error, this.phase, this.#target);
  }

  /** Calls back when the connection fails, at once if it has. The returned function stops that. */
  onFailure(listener: (error: ExchangeError) => void): () => void {
    if (this.#failure !== undefined) {
      listener(this.#failure);
      return () => {};
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The work's outcome, or the connection's failure as soon as it fails. */
  async orFailure<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stopListening = this.onFailure(reject);
    try {
      return await Promise.race([work, promise]);
    } finally {
      stopListening();
    }
  }

  /** Breaks the connection off. Whoever waits gets this error. */
  fail(error: ExchangeError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.socket.destroy();
    for (const listener of [...this.#listeners]) listener(error);
    this.#listeners.clear();
  }

  /** Takes leave; resolves when the server has closed its end. */
  leave(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.onFailure(() => resolve());
    this.client.end();
    return promise;
  }

  /** The failure for calls that come after it. */
  laterFailure(): ExchangeError {
    const first = this.#failure;
    if (first?.code === 'connection-lost') return first;
    return connectionLost(
      first === undefined
        ? 'The connection was closed.'
        : `The connection was closed before: ${first.message}`,
      first,
    );
  }
}
