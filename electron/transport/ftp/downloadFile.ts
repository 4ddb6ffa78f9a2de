import { ExchangeError } from '../../../shared/errors.ts';
import type { DownloadSink, TransferOptions } from '../transport.ts';
import { connectionLost, notFound, sizeMismatch } from '../transportErrors.ts';
import type { FtpSession } from './ftpSession.ts';
import { chooseBinary, prepareNames } from './ftpSessionCommands.ts';
import { LocalFailure } from './localFailure.ts';
import { pathArgument } from './pathArgument.ts';
import { receiveStream } from './receiveStream.ts';
import { fileSize } from './statFile.ts';
import { TransferRefused, transferData } from './transferData.ts';

export interface DownloadRequest extends TransferOptions {
  readonly path: string;
  readonly sink: DownloadSink;
  readonly offset: number;
  readonly expectedBytes: number | undefined;
}

/**
 * Reads a file from an offset on; resolves with the bytes delivered.
 *
 * Errors: as Transport.download; what the sink throws passes unchanged.
 */
export async function downloadFile(session: FtpSession, request: DownloadRequest): Promise<number> {
  const { path, sink, offset, expectedBytes, onBytes } = request;
  await chooseBinary(session);
  await prepareNames(session, path);
  let position = offset;
  let announcedBytes: number | undefined;
  try {
    await transferData(session, {
      command: `RETR ${pathArgument(path)}`,
      restartAt: offset > 0 ? offset : undefined,
      what: `reading ${path}`,
      move(socket, watch, announced) {
        if (offset === 0) announcedBytes = parseAnnouncedSize(announced.text);
        return receiveStream(socket, watch, async (chunk) => {
          const room = (expectedBytes ?? Number.POSITIVE_INFINITY) - position;
          const wanted = chunk.length > room ? chunk.subarray(0, Math.max(0, room)) : chunk;
          position += wanted.length;
          if (wanted.length > 0) {
            await sink.write(wanted).catch((cause) => {
              throw new LocalFailure(cause);
            });
            onBytes?.(wanted.length);
          }
          if (chunk.length > room) throw new LocalFailure(longerThanExpected(path, expectedBytes ?? 0));
        });
      },
    });
  } catch (error) {
    if (error instanceof TransferRefused) throw await refused(session, request, error);
    throw error;
  }
  if (expectedBytes !== undefined && position !== expectedBytes)
    throw sizeMismatch(path, position, expectedBytes);
  if (announcedBytes !== undefined && position < announcedBytes) {
    throw connectionLost(`Only ${position} of ${announcedBytes} bytes of ${path} arrived.`);
  }
  return position - offset;
}

/** `150 Opening BINARY mode data connection for a.txt (5 bytes)`: said by most servers, promised by none. */
export function parseAnnouncedSize(text: string): number | undefined {
  const match = /\((\d{1,15}) bytes\)/i.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function longerThanExpected(path: string, expected: number): ExchangeError {
  return new ExchangeError({
    code: 'size-mismatch',
    class: 'retry',
    message: `${path} is longer than the ${expected} bytes that were expected.`,
  });
}

async function refused(
  session: FtpSession,
  { path, offset }: DownloadRequest,
  { reply, error }: TransferRefused,
): Promise<ExchangeError> {
  if (error.class !== 'fix' || error.code === 'not-found' || error.code === 'login-refused') return error;
  const size = await fileSize(session, path);
  // vsftpd says the same of a missing file and of a forbidden one.
  if (size === undefined) return notFound(path);
  if (offset === 0) return error;
  if (offset > size) return sizeMismatch(path, size, offset);
  if (reply.code !== 550) session.knowledge.resumesDownloads = false;
  return new ExchangeError({
    code: 'size-mismatch',
    class: 'retry',
    message: `The server does not continue ${path} at byte ${offset}.`,
    advice: 'The download has to start from the beginning.',
    cause: error,
  });
}
