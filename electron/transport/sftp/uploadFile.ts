import type { Readable } from 'node:stream';
import { parentOfPath } from '../remotePath.ts';
import type { TransferOptions, UploadSource } from '../transport.ts';
import { alreadyExists, noRoom, notFound, sizeMismatch } from '../transportErrors.ts';
import { freeBytes } from './freeBytes.ts';
import { closeHandle, openFile } from './openHandle.ts';
import { send, told } from './request.ts';
import type { SftpSession } from './sftpSession.ts';
import { fileSize, folderIsThere, lookAt } from './statFile.ts';
import { SftpRefusal, saysMissing, sftpStatus, statusError } from './statusError.ts';
import { bytesUnderWay, pieceBytes, piecesUnderWay, transferWatch } from './transferWatch.ts';

export interface UploadRequest extends TransferOptions {
  readonly path: string;
  readonly source: UploadSource;
  readonly offset: number;
}

/**
 * Writes a file, or continues one, and compares the size afterwards.
 *
 * Errors: as Transport.upload.
 */
export async function uploadFile(session: SftpSession, asked: UploadRequest): Promise<void> {
  const { path, source, offset } = asked;
  if (offset > 0) {
    const size = await fileSize(session, path);
    if (size !== offset) throw sizeMismatch(path, size, offset);
  }
  const handle = await openFor(session, path, offset);
  const start = firstByte(session, offset);
  try {
    await writeAll(session, { ...asked, handle, start });
  } catch (error) {
    // The server's own verdict is known; the handle is only tidied up, and a broken connection has none.
    await closeHandle(session, handle, `closing ${path}`).catch(() => undefined);
    throw error instanceof SftpRefusal ? await writeError(session, path, error) : error;
  }
  // Both at once: most servers answer in order. Where the size is not right yet, it is asked for again below.
  const closed = told(`closing ${path}`, closeHandle(session, handle, `closing ${path}`));
  const [first] = await Promise.allSettled([fileSize(session, path), closed]);
  await closed;
  if (first.status === 'fulfilled' && first.value === source.sizeBytes) return;
  const size = await fileSize(session, path);
  if (size !== source.sizeBytes) throw sizeMismatch(path, size, source.sizeBytes);
}

/**
 * Where to go on. A server that works on several requests at once may have written a later piece before an earlier
 * one when the connection broke: what was under way then is written again.
 */
function firstByte({ keepsOrder }: SftpSession, offset: number): number {
  return keepsOrder ? offset : Math.max(0, offset - bytesUnderWay);
}

async function openFor(session: SftpSession, path: string, offset: number): Promise<Buffer> {
  try {
    return await openFile(session, path, offset > 0 ? 'continue' : 'replace');
  } catch (error) {
    if (!(error instanceof SftpRefusal)) throw error;
    const parent = parentOfPath(path);
    if (saysMissing(error) || !(await folderIsThere(session, parent)))
      throw notFound(path, 'There is no folder for this file');
    if ((await lookAt(session, path))?.kind === 'folder') throw alreadyExists(path);
    if (error.status === sftpStatus.failure) throw await writeError(session, path, error);
    throw statusError(error, `writing ${path}`);
  }
}

/**
 * What a refused write means. OpenSSH has one word, "Failure", for a full disk, a quota and a broken disk: it is
 * asked how much room there is.
 */
async function writeError(session: SftpSession, path: string, refusal: SftpRefusal) {
  const meaning = statusError(refusal, `writing ${path}`);
  if (meaning.code !== 'server-trouble' || refusal.status !== sftpStatus.failure) return meaning;
  const free = await freeBytes(session).catch(() => undefined);
  if (free === undefined || free >= bytesUnderWay) return meaning;
  return noRoom(`The server has no room left: writing ${path}. It said: ${refusal.words}`, refusal);
}

interface Writing extends UploadRequest {
  readonly handle: Buffer;
  readonly start: number;
}

/** Sends everything that the source yields, many pieces at a time. Errors: what the source throws; SftpRefusal. */
async function writeAll(session: SftpSession, writing: Writing): Promise<void> {
  const { source, start, offset, onBytes } = writing;
  const watch = transferWatch(session);
  const stream = source.open(start);
  const stopListening = session.connection.onFailure((error) => stream.destroy(error));
  const underWay: Promise<void>[] = [];
  // What is written a second time after a break does not count.
  let again = offset - start;
  const count = (bytes: number) => {
    const fresh = Math.max(0, bytes - again);
    again = Math.max(0, again - bytes);
    if (fresh > 0) onBytes?.(fresh);
  };
  const oldest = async () => {
    await underWay.shift();
  };
  let unconfirmed = 0;
  const write = async (piece: Buffer, at: number) => {
    unconfirmed += 1;
    watch.expect();
    await writePiece(session, writing, piece, at);
    unconfirmed -= 1;
    if (unconfirmed === 0) watch.rest();
    else watch.expect();
    count(piece.length);
  };
  let position = start;
  try {
    for await (const piece of piecesOf(stream)) {
      while (underWay.length >= piecesUnderWay) await oldest();
      const written = write(piece, position);
      // Told by the wait for it; and at once to a source that may yield nothing more for long.
      written.catch((error: Error) => stream.destroy(error));
      underWay.push(written);
      position += piece.length;
    }
    while (underWay.length > 0) await oldest();
  } finally {
    await Promise.allSettled(underWay);
    watch.rest();
    stopListening();
    stream.destroy();
  }
}

async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    // A source yields bytes; text would be a mistake of its maker, and Buffer.from copes with both.
    const bytes =
      chunk instanceof Uint8Array
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
        : Buffer.from(String(chunk));
    for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
  }
}

async function writePiece(
  session: SftpSession,
  { path, handle }: Writing,
  piece: Buffer,
  position: number,
): Promise<void> {
  await send(session, {
    what: `writing ${path}`,
    send: (answered) => session.sftp.write(handle, piece, 0, piece.length, position, answered),
    // The library adds where it is in its own buffer.
    read: (answer) => (typeof answer === 'number' ? true : undefined),
  });
}
