import type { Socket } from 'node:net';
import { finished, pipeline } from 'node:stream/promises';
import { errorCode, FtpReply } from './ftpReply.ts';
import type { Session } from './session.ts';

/** The data connection was cut or stalled on purpose after its share of bytes. */
class FaultReached extends Error {}

const brokenConnectionCodes: ReadonlySet<string> = new Set([
  'ABORT_ERR',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

async function reachFault(session: Session): Promise<never> {
  // A stall ends when the data connection does: by the client, by the idle time-out, or when the site stops.
  if (session.fault?.kind === 'stall-data') await session.data.gone();
  session.data.reset();
  throw new FaultReached();
}

/** Hands chunks through until the command's fault, if it has one, is due. */
export async function* untilFault(session: Session, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { fault } = session;
  let left = Number.POSITIVE_INFINITY;
  if (fault?.kind === 'drop-data' || fault?.kind === 'stall-data') left = fault.afterBytes;
  if (left === 0) await reachFault(session);
  for await (const chunk of chunks) {
    session.touch();
    yield left < chunk.length ? chunk.subarray(0, left) : chunk;
    left -= Math.min(left, chunk.length);
    if (left === 0) await reachFault(session);
  }
}

function replyForBrokenTransfer(session: Session, error: unknown): string | undefined {
  if (session.aborted) return '426 The transfer was aborted.';
  if (error instanceof FaultReached) {
    const reply = session.fault?.kind === 'drop-data' ? session.fault.reply : undefined;
    return reply ?? '426 The data connection broke.';
  }
  return brokenConnectionCodes.has(errorCode(error) ?? '') ? '426 The data connection broke.' : undefined;
}

/** Says goodbye (over TLS: close_notify). All bytes have moved by now: a client that is gone already is no failure. */
async function endPolitely(data: Socket): Promise<void> {
  data.end();
  await finished(data, { readable: false }).catch(() => undefined);
}

/**
 * Announces and opens the data connection, moves the bytes, and closes it.
 *
 * Shape:  resolves with the final reply.
 * Errors: FtpReply 425 or 426, or a file system error.
 */
export async function runTransfer(session: Session, move: (data: Socket) => Promise<void>): Promise<string> {
  session.aborted = false;
  session.transferring = true;
  session.send('150 Opening the data connection.');
  try {
    const data = await session.data.open(session.protectData ? session.site.secureContext : undefined);
    await move(data);
    await endPolitely(data);
    return '226 Transfer complete.';
  } catch (error) {
    const reply = replyForBrokenTransfer(session, error);
    throw reply === undefined ? error : new FtpReply(reply);
  } finally {
    session.transferring = false;
    session.data.close();
  }
}

/** Sends a listing. */
export async function sendLines(session: Session, lines: readonly string[]): Promise<string> {
  const text = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
  return runTransfer(session, (data) =>
    pipeline(
      untilFault(
        session,
        (async function* () {
          yield text;
        })(),
      ),
      data,
    ),
  );
}
