import { ExchangeError } from '../../../shared/errors.ts';
import type { SftpSession } from './sftpSession.ts';
import { badSftpReply, SftpRefusal, statusError } from './statusError.ts';

export interface SftpRequest<T> {
  /** In words, for messages: `listing a/b`. */
  readonly what: string;
  /** Sends it; the library calls back with an error, or with what the server answered. */
  send(answered: (error: Error | null | undefined, answer?: unknown) => void): void;
  /** Takes the answer apart; undefined where it is none. The library checks no types. */
  read(answer: unknown): T | undefined;
}

/**
 * Asks the server for one thing.
 *
 * Errors: SftpRefusal where the server says no; connection-lost, timed-out; bad-reply, which breaks the connection
 *         off, because requests and answers may no longer match.
 */
export function request<T>(session: SftpSession, asked: SftpRequest<T>): Promise<T> {
  const { clock, connection, ftp } = session;
  const answer = send(session, asked);
  const stop = clock.after(ftp.replyTimeoutSeconds * 1000, () => connection.fail(timedOut(session)));
  return answer.finally(stop);
}

/** The same without a time-out: for the many requests of a transfer, which watches itself. */
export function send<T>(session: SftpSession, asked: SftpRequest<T>): Promise<T> {
  const { connection } = session;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  if (connection.failure !== undefined) return Promise.reject(connection.laterFailure());
  const stopListening = connection.onFailure(reject);
  try {
    asked.send((error, answer) => {
      stopListening();
      if (error !== null && error !== undefined) {
        reject(refusalOf(session, error));
        return;
      }
      const value = asked.read(answer);
      if (value !== undefined) {
        resolve(value);
        return;
      }
      const nonsense = badSftpReply(asked.what);
      reject(nonsense);
      connection.fail(nonsense);
    });
  } catch (error) {
    // The library throws at once where the server does not offer an extension.
    stopListening();
    reject(error);
  }
  return promise;
}

function refusalOf({ connection }: SftpSession, error: Error): Error {
  if ('code' in error && typeof error.code === 'number') return new SftpRefusal(error.code, error.message);
  // "No response from server": the connection's own end, which may be told a moment later.
  return connection.failure ?? connection.explain(error);
}

/** Waits for a request, and says what a refusal means. */
export async function told<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof SftpRefusal ? statusError(error, what) : error;
  }
}

/** For requests that are answered by a bare yes. */
export const bareYes = (answer: unknown): true | undefined => (answer === undefined ? true : undefined);

function timedOut({ ftp }: SftpSession): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `The server did not answer within ${ftp.replyTimeoutSeconds} seconds.`,
    advice: 'Check the network; a slow server may need a longer reply time-out.',
  });
}
