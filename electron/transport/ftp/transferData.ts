import type { Socket } from 'node:net';
import { ExchangeError } from '../../../shared/errors.ts';
import { connectionLost } from '../transportErrors.ts';
import type { PendingReply } from './controlConnection.ts';
import type { DataConnection } from './dataConnection.ts';
import { type FtpReply, isPreliminary, isRefusal, isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { LocalFailure } from './localFailure.ts';
import { openActive } from './openActive.ts';
import { openPassive } from './openPassive.ts';
import { badReply, explainsBreak, replyError } from './replyError.ts';
import { type StallWatch, stallWatch } from './stallWatch.ts';

/** How long a late reply is waited for once a data connection has broken. */
const graceMs = 2000;

/** How long TLS waits for the server's go-ahead. */
const goAheadMs = 1000;

export interface DataTransfer {
  /** The whole command, such as `RETR a/b`. */
  readonly command: string;
  /** Sent as REST right before the command. */
  readonly restartAt?: number | undefined;
  /** In plain words, for errors. */
  readonly what: string;
  /** Moves the bytes once the connection is there. `announced` is the server's preliminary reply. */
  move(socket: Socket, watch: StallWatch, announced: FtpReply): Promise<void>;
}

/** The server refused the command before any byte moved. */
export class TransferRefused extends Error {
  override readonly name = 'TransferRefused';
  readonly reply: FtpReply;
  readonly error: ExchangeError;

  constructor(reply: FtpReply, error: ExchangeError) {
    super(error.message, { cause: error });
    this.reply = reply;
    this.error = error;
  }
}

/**
 * One command with a data connection: opens it, moves the bytes, hears the server's verdict.
 *
 * Promise: a broken data connection fails this transfer only: the server's reply is waited for a moment and
 *          is the verdict. Where none comes, the control connection is closed, because a later reply could
 *          be taken for another command's.
 * Errors:  TransferRefused before any byte moved; what the local side threw, unchanged; otherwise
 *          ExchangeErrors.
 */
export async function transferData(session: FtpSession, transfer: DataTransfer): Promise<void> {
  const { control } = session;
  const data = session.ftp.passiveMode ? await openPassive(session) : await openActive(session);
  const stopListening = control.onFailure(() => data.abandon());
  try {
    if (transfer.restartAt !== undefined) await restartAt(session, transfer);
    await carryOut(session, transfer, data, control.begin(transfer.command));
  } catch (error) {
    throw error instanceof LocalFailure ? error.cause : error;
  } finally {
    stopListening();
    data.abandon();
  }
}

async function restartAt(session: FtpSession, transfer: DataTransfer): Promise<void> {
  const { control } = session;
  const reply = await control.request(`REST ${transfer.restartAt}`);
  if (reply.code === 350) return;
  const quoted = control.quote(reply);
  if (!isRefusal(reply)) throw outOfStep(session, reply, 'REST');
  throw new TransferRefused(reply, replyError(reply, quoted, transfer.what));
}

async function carryOut(
  session: FtpSession,
  transfer: DataTransfer,
  data: DataConnection,
  pending: PendingReply,
): Promise<void> {
  const { control, ftp, clock } = session;
  let socket: Socket;
  let announced: FtpReply;
  try {
    [announced, socket] = await Promise.all([
      pending.started.then((reply) => {
        if (isRefusal(reply)) {
          throw new TransferRefused(reply, replyError(reply, control.quote(reply), transfer.what));
        }
        data.goAhead();
        if (!isPreliminary(reply) && !isSuccess(reply)) throw outOfStep(session, reply, transfer.command);
        return reply;
      }),
      openInTime(session, data, pending),
    ]);
  } catch (error) {
    data.abandon();
    if (error instanceof TransferRefused) throw error;
    const late = await verdict(session, transfer, pending, error);
    throw late.reply === undefined
      ? late.error
      : new TransferRefused(late.reply, asExchangeError(late.error));
  }
  const watch = stallWatch(clock, ftp.stallTimeoutSeconds, socket);
  // A refusal in mid-transfer (no room) ends it at once.
  pending.finished.then(
    (reply) => {
      if (isRefusal(reply)) socket.destroy(connectionLost('The server broke the transfer off.'));
    },
    () => {},
  );
  try {
    await transfer.move(socket, watch, announced);
  } catch (error) {
    data.abandon();
    const { error: reason } = await verdict(session, transfer, pending, error);
    // A server's OpenSSL forgets a TLS 1.2 session that ended without a farewell: nothing could resume it.
    if (session.tls !== undefined)
      control.fail(connectionLost('The connection was closed after a broken transfer.'));
    throw reason;
  }
  pending.finishWithin(Math.max(ftp.replyTimeoutSeconds, ftp.stallTimeoutSeconds) * 1000);
  const reply = await pending.finished;
  if (isRefusal(reply)) throw replyError(reply, control.quote(reply), transfer.what);
  if (!isSuccess(reply)) throw outOfStep(session, reply, transfer.command);
}

/** The connection, ready for bytes. TLS has its time from the server's go-ahead on. */
async function openInTime(session: FtpSession, data: DataConnection, pending: PendingReply): Promise<Socket> {
  const { clock, ftp } = session;
  // For a server that says 150 only once TLS is there.
  const stopWaiting = clock.after(goAheadMs, () => data.goAhead());
  const { promise: late, reject } = Promise.withResolvers<never>();
  const seconds = ftp.connectTimeoutSeconds;
  let stopTimer = () => {};
  pending.started.then(
    () => {
      stopTimer = clock.after(seconds * 1000, () => reject(openTimedOut(seconds)));
    },
    () => {},
  );
  try {
    return await Promise.race([data.opened, late]);
  } finally {
    stopTimer();
    stopWaiting();
  }
}

/** What a failed transfer means, once the server had its say. With the reply where that is the reason. */
async function verdict(
  session: FtpSession,
  transfer: DataTransfer,
  pending: PendingReply,
  error: unknown,
): Promise<{ readonly error: unknown; readonly reply?: FtpReply }> {
  const { control } = session;
  const local = error instanceof LocalFailure;
  // Why the whole connection failed says more than how the data connection noticed it.
  if (control.failure !== undefined) return { error: local ? error : control.failure };
  const reply = await pending.waitFor(graceMs);
  if (local) {
    if (reply === undefined)
      control.fail(connectionLost('The connection was closed after a broken transfer.'));
    return { error };
  }
  if (reply !== undefined && explainsBreak(reply)) {
    return { error: replyError(reply, control.quote(reply), transfer.what), reply };
  }
  if (control.failure !== undefined) return { error: control.failure };
  const cause = asExchangeError(error);
  if (reply === undefined) {
    control.fail(
      connectionLost(`The connection was closed after a broken transfer: ${cause.message}`, cause),
    );
  }
  return { error: cause };
}

function asExchangeError(error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  return connectionLost('The data connection broke.', error);
}

function outOfStep(session: FtpSession, reply: FtpReply, what: string): ExchangeError {
  const error = badReply(session.control.quote(reply), what);
  session.control.fail(error);
  return error;
}

function openTimedOut(seconds: number): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `The data connection was not ready within ${seconds} seconds.`,
    advice: 'A firewall may be in the way; try the other setting of Passive Mode.',
  });
}
