import { parentOfPath } from '../remotePath.ts';
import type { DownloadSink, TransferOptions } from '../transport.ts';
import { forbidden, notFound, sizeMismatch } from '../transportErrors.ts';
import { closeHandle, openFile } from './openHandle.ts';
import { send, told } from './request.ts';
import type { SftpSession } from './sftpSession.ts';
import { folderIsThere, lookAt } from './statFile.ts';
import { SftpRefusal, saysMissing, sftpStatus, statusError } from './statusError.ts';
import { pieceBytes, piecesUnderWay, type TransferWatch, transferWatch } from './transferWatch.ts';

export interface DownloadRequest extends TransferOptions {
  readonly path: string;
  readonly sink: DownloadSink;
  readonly offset: number;
  readonly expectedBytes: number | undefined;
}

/**
 * Reads a file from a byte on, many pieces at a time, and hands them on in order.
 *
 * Errors: as Transport.download.
 */
export async function downloadFile(session: SftpSession, asked: DownloadRequest): Promise<number> {
  const { path, offset, expectedBytes } = asked;
  // Both at once: the handle says nothing of the size.
  const opening = openFile(session, path, 'read');
  const [found, opened] = await Promise.allSettled([lookAt(session, path), opening]);
  const handle = opened.status === 'fulfilled' ? opened.value : undefined;
  try {
    if (found.status === 'rejected') throw found.reason;
    if (handle === undefined) throw await openError(session, path, opened);
    const { kind, sizeBytes } = found.value ?? {};
    if (kind === 'folder' || kind === 'other') throw forbidden(`This is no plain file: ${path}.`);
    if (sizeBytes !== undefined) {
      if (expectedBytes !== undefined && sizeBytes !== expectedBytes)
        throw sizeMismatch(path, sizeBytes, expectedBytes);
      if (offset > sizeBytes) throw sizeMismatch(path, sizeBytes, offset);
    }
    const end = sizeBytes ?? expectedBytes;
    const position = await readAll(session, asked, handle, end);
    const wanted = expectedBytes ?? sizeBytes;
    if (wanted !== undefined && position !== wanted) throw sizeMismatch(path, position, wanted);
    return position - offset;
  } finally {
    // Its answer changes nothing; a broken connection tells itself.
    if (handle !== undefined) closeHandle(session, handle, `closing ${path}`).catch(() => undefined);
  }
}

async function openError(session: SftpSession, path: string, opened: PromiseSettledResult<Buffer>) {
  const reason: unknown = opened.status === 'rejected' ? opened.reason : undefined;
  if (!(reason instanceof SftpRefusal)) return reason;
  if (saysMissing(reason) || !(await folderIsThere(session, parentOfPath(path)))) return notFound(path);
  return statusError(reason, `reading ${path}`);
}

interface Piece {
  readonly position: number;
  readonly length: number;
  readonly data: Promise<Buffer>;
}

/** Returns how far it came: `end`, or where the file ended. */
async function readAll(
  session: SftpSession,
  { path, sink, offset, onBytes }: DownloadRequest,
  handle: Buffer,
  end: number | undefined,
): Promise<number> {
  const { connection } = session;
  const watch = transferWatch(session);
  const underWay: Piece[] = [];
  let next = offset;
  let position = offset;
  const ask = (from: number, length: number): Piece => {
    const data = readPiece(session, { path, handle, from, length }, watch);
    // Told by the wait for it.
    data.catch(() => undefined);
    return { position: from, length, data };
  };
  const fill = () => {
    // Without a known size one piece is asked for after the other: nobody knows where to stop.
    const most = end === undefined ? 1 : piecesUnderWay;
    while (underWay.length < most && (end === undefined || next < end)) {
      const length = end === undefined ? pieceBytes : Math.min(pieceBytes, end - next);
      underWay.push(ask(next, length));
      next += length;
    }
  };
  try {
    for (;;) {
      fill();
      const piece = underWay.shift();
      if (piece === undefined) return position;
      for (let missing = piece.length, data = piece.data; missing > 0; ) {
        const bytes = await data;
        // The file ends here, whatever its size was said to be.
        if (bytes.length === 0) return position;
        watch.rest();
        await connection.orFailure(sink.write(bytes));
        position += bytes.length;
        onBytes?.(bytes.length);
        missing -= bytes.length;
        // A server may give less than it was asked for.
        if (missing > 0) data = ask(position, missing).data;
        if (underWay.length > 0) watch.expect();
      }
    }
  } finally {
    watch.expect();
    await Promise.allSettled(underWay.map(({ data }) => data));
    watch.rest();
  }
}

interface ReadRequest {
  readonly path: string;
  readonly handle: Buffer;
  readonly from: number;
  readonly length: number;
}

/** Some bytes, at most `length`; none at the file's end. */
async function readPiece(
  session: SftpSession,
  { path, handle, from, length }: ReadRequest,
  watch: TransferWatch,
): Promise<Buffer> {
  const room = Buffer.allocUnsafeSlow(length);
  watch.expect();
  const what = `reading ${path}`;
  try {
    const count = await told(
      what,
      send(session, {
        what,
        // The library fills `room`, and calls back with how much of it.
        send: (answered) =>
          session.sftp.read(handle, room, 0, length, from, (error, bytes) => answered(error, bytes)),
        read: (bytes) => (typeof bytes === 'number' && bytes >= 0 && bytes <= length ? bytes : undefined),
      }),
    );
    return room.subarray(0, count);
  } catch (error) {
    if (error instanceof SftpRefusal && error.status === sftpStatus.endOfFile) return room.subarray(0, 0);
    throw error;
  } finally {
    watch.expect();
  }
}
