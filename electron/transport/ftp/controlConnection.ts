import type { Socket } from 'node:net';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import { connectionLost } from '../transportErrors.ts';
import { ControlContext, UnparseableReply } from './controlContext.ts';
import { type FtpReply, isPreliminary, quoteReply } from './ftpReply.ts';

/** A command that was sent and is not answered in full yet. */
export interface PendingReply {
  /** The first answer: a preliminary one (1xx) or already the last. */
  readonly started: Promise<FtpReply>;
  /** The last answer. Rejects only when the connection fails. */
  readonly finished: Promise<FtpReply>;
  /** Breaks the connection off unless the last answer comes in time. */
  finishWithin(ms: number): void;
  /** The last answer if it comes in time; the connection stays as it is otherwise. */
  waitFor(ms: number): Promise<FtpReply | undefined>;
}

interface Expectation {
  start(reply: FtpReply): void;
  finish(reply: FtpReply): void;
  fail(error: ExchangeError): void;
}

export interface ControlConnectionInit {
  readonly clock: Clock;
  readonly replyTimeoutMs: number;
  /** Never to be shown. */
  readonly secrets: readonly string[];
  readonly onLine?: ((direction: 'sent' | 'received', text: string) => void) | undefined;
}

/**
 * Commands and their replies, matched strictly in order.
 *
 * Promise: a reply is never taken for the answer to another command: where that could happen (a reply that
 *          did not come in time, one that nobody asked for, an unparseable one), the connection is broken off.
 */
export class ControlConnection {
  readonly clock: Clock;
  readonly secrets: readonly string[];
  readonly #replyTimeoutMs: number;
  readonly #context = new ControlContext();
  readonly #expected: Expectation[] = [];
  readonly #failureListeners = new Set<(error: ExchangeError) => void>();
  #failure: ExchangeError | undefined;
  #goodbye: FtpReply | undefined;

  constructor(init: ControlConnectionInit) {
    this.clock = init.clock;
    this.secrets = init.secrets;
    this.#replyTimeoutMs = init.replyTimeoutMs;
    const { onLine } = init;
    if (onLine !== undefined) {
      this.#context.logTo({
        sent: (line) => onLine('sent', quoteReply(line, this.secrets)),
        received: (text) => {
          for (const line of text.split(/\r?\n/)) {
            if (line !== '') onLine('received', quoteReply(line, this.secrets));
          }
        },
      });
    }
    // One task for the connection's whole life: every reply comes here, also one that nobody waits for.
    this.#context
      .handle(undefined, (response) => {
        if (response instanceof Error && !('code' in response && typeof response.code === 'number')) {
          this.#onBroken(response);
        } else {
          // An FTPError is a reply, too: code and message are the same two fields.
          const { code, message } = response as { code: number; message: string };
          this.#onReply({ code, text: message });
        }
      })
      .catch(() => {});
  }

  get socket(): Socket {
    return this.#context.socket;
  }

  /** Replaces the socket by its TLS upgrade. */
  set socket(socket: Socket) {
    this.#context.socket = socket;
  }

  /** Text that the server sent without being asked, in clear, before TLS began. */
  get unread(): string {
    return this.#context.unread;
  }

  get failure(): ExchangeError | undefined {
    return this.#failure;
  }

  /** Calls back when the connection fails, at once if it has. The returned function stops that. */
  onFailure(listener: (error: ExchangeError) => void): () => void {
    if (this.#failure !== undefined) {
      listener(this.#failure);
      return () => {};
    }
    this.#failureListeners.add(listener);
    return () => this.#failureListeners.delete(listener);
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

  /** Sends a command and returns its last reply, whatever its code. Errors: connection-lost, timed-out, bad-reply. */
  request(command: string): Promise<FtpReply> {
    return this.#last(this.begin(command));
  }

  /** Waits for what the server says by itself after connecting. */
  greeting(): Promise<FtpReply> {
    return this.#last(this.#expect());
  }

  /** Sends a command whose reply comes in two parts. The first part has the reply time-out. */
  begin(command: string): PendingReply {
    const pending = this.#expect();
    if (this.#failure === undefined) this.#context.send(command);
    return pending;
  }

  /** Breaks the connection off. Whoever waits gets this error; later calls get connection-lost. */
  fail(error: ExchangeError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    const { socket } = this.#context;
    this.#context.close();
    socket.destroy();
    for (const expectation of this.#expected.splice(0)) expectation.fail(error);
    for (const listener of [...this.#failureListeners]) listener(error);
    this.#failureListeners.clear();
  }

  quote(reply: FtpReply): string {
    return quoteReply(reply.text, this.secrets);
  }

  /** The last answer where nothing happens in between: a server that only promises one has the time-out once more. */
  #last(pending: PendingReply): Promise<FtpReply> {
    pending.started.then(
      () => pending.finishWithin(this.#replyTimeoutMs),
      () => {},
    );
    return pending.finished;
  }

  #expect(): PendingReply {
    const started = Promise.withResolvers<FtpReply>();
    const finished = Promise.withResolvers<FtpReply>();
    // Not everybody waits for both.
    started.promise.catch(() => {});
    finished.promise.catch(() => {});
    let stopTimer = () => {};
    let begun = false;
    let settled = false;
    const arm = (ms: number) => {
      stopTimer();
      if (!settled) stopTimer = this.clock.after(ms, () => this.fail(replyTimedOut(ms)));
    };
    const settle = () => {
      settled = true;
      stopTimer();
    };
    const expectation: Expectation = {
      start(reply) {
        // Another promise of an answer is no reason to wait longer.
        if (begun) return;
        begun = true;
        stopTimer();
        started.resolve(reply);
      },
      finish(reply) {
        settle();
        started.resolve(reply);
        finished.resolve(reply);
      },
      fail(error) {
        settle();
        started.reject(error);
        finished.reject(error);
      },
    };
    if (this.#failure !== undefined) {
      expectation.fail(this.#laterFailure(this.#failure));
    } else {
      this.#expected.push(expectation);
      arm(this.#replyTimeoutMs);
    }
    return {
      started: started.promise,
      finished: finished.promise,
      finishWithin: arm,
      waitFor: (ms) => {
        const { promise, resolve } = Promise.withResolvers<FtpReply | undefined>();
        const stop = this.clock.after(ms, () => resolve(undefined));
        finished.promise.then(resolve, () => resolve(undefined)).finally(stop);
        return promise;
      },
    };
  }

  #onReply(reply: FtpReply): void {
    const current = this.#expected[0];
    if (reply.code === 421) this.#goodbye = reply;
    if (current === undefined) {
      this.fail(
        reply.code === 421
          ? this.#serverClosed()
          : connectionLost(`The server said something unexpected: ${this.quote(reply)}`),
      );
    } else if (isPreliminary(reply)) {
      current.start(reply);
    } else {
      this.#expected.shift();
      current.finish(reply);
      if (reply.code === 421) this.fail(this.#serverClosed());
    }
  }

  #onBroken(error: Error): void {
    if (error instanceof UnparseableReply) {
      this.fail(
        new ExchangeError({
          code: 'bad-reply',
          class: 'retry',
          message: 'The server said something that is not FTP.',
          advice: 'Check host and port: another kind of server may be listening there.',
          reply: quoteReply(error.message, this.secrets),
        }),
      );
    } else {
      this.fail(this.#serverClosed(error));
    }
  }

  #serverClosed(cause?: Error): ExchangeError {
    const reply = this.#goodbye === undefined ? undefined : this.quote(this.#goodbye);
    return new ExchangeError({
      code: 'connection-lost',
      class: 'retry',
      message:
        reply === undefined
          ? 'The connection to the server was lost.'
          : `The server closed the connection: ${reply}`,
      ...(reply === undefined ? {} : { reply }),
      cause,
    });
  }

  #laterFailure(first: ExchangeError): ExchangeError {
    return first.code === 'connection-lost'
      ? first
      : connectionLost(`The connection was closed before: ${first.message}`, first);
  }
}

function replyTimedOut(ms: number): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `The server did not answer within ${Math.round(ms / 1000)} seconds.`,
    advice: 'Check the network; a slow server may need a longer reply time-out.',
  });
}
