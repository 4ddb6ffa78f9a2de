import { ExchangeError } from '../../../shared/errors.ts';
import { parentOfPath } from '../remotePath.ts';
import type { TransferOptions, UploadSource } from '../transport.ts';
import { cannotResume, forbidden, notFound, sizeMismatch } from '../transportErrors.ts';
import { isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { chooseBinary, prepareNames } from './ftpSessionCommands.ts';
import { folderExists } from './inFolder.ts';
import { pathArgument } from './pathArgument.ts';
import { sendStream } from './sendStream.ts';
import { fileSize } from './statFile.ts';
import { TransferRefused, transferData } from './transferData.ts';

export interface UploadRequest extends TransferOptions {
  readonly path: string;
  readonly source: UploadSource;
  readonly offset: number;
}

/**
 * Writes a file, or continues one, and compares the size afterwards: 226 is no proof of delivery.
 *
 * Errors: as Transport.upload.
 */
export async function uploadFile(session: FtpSession, request: UploadRequest): Promise<void> {
  const { path, source, offset } = request;
  await chooseBinary(session);
  await prepareNames(session, path);
  if (offset > 0) await resume(session, request);
  else await store(session, request);
  const size = await fileSize(session, path);
  if (size !== source.sizeBytes) throw sizeMismatch(path, size, source.sizeBytes);
}

/**
 * STOR. A refusal says too little: the server is asked whether a file or the folder is the reason. Where the
 * server takes new files only, the existing one is deleted first: an upload replaces.
 */
async function store(session: FtpSession, request: UploadRequest): Promise<void> {
  const { path } = request;
  try {
    await send(session, request, 'STOR');
  } catch (error) {
    if (!(error instanceof TransferRefused)) throw error;
    if (error.error.class !== 'fix' || error.error.code === 'login-refused') throw error.error;
    if ((await fileSize(session, path)) !== undefined) {
      const removed = await session.control.request(`DELE ${pathArgument(path)}`);
      if (!isSuccess(removed)) throw keptFile(path, error.error);
      await storeAnew(session, request);
      return;
    }
    if (await folderExists(session, parentOfPath(path))) throw asForbidden(path, error.error);
    throw notFound(path, 'There is no folder for this file');
  }
}

async function storeAnew(session: FtpSession, request: UploadRequest): Promise<void> {
  try {
    await send(session, request, 'STOR');
  } catch (error) {
    throw error instanceof TransferRefused ? error.error : error;
  }
}

/** Some servers allow new files only, and no deleting either. */
function keptFile(path: string, cause: ExchangeError): ExchangeError {
  return new ExchangeError({
    code: 'exists',
    class: 'fix',
    message: `The server keeps the file that is there: ${path}. It said: ${cause.reply}`,
    advice: 'Delete the file first, or ask for the right to overwrite files.',
    ...(cause.reply === undefined ? {} : { reply: cause.reply }),
    cause,
  });
}

function asForbidden(path: string, error: ExchangeError): ExchangeError {
  return error.code === 'forbidden'
    ? error
    : forbidden(`The server does not take ${path}. It said: ${error.reply}`, error);
}

/**
 * APPE, which every server counts from the file's end. Where it is refused (ProFTPD without overwriting:
 * 451), REST and STOR, which Pure-FTPd would truncate the file for.
 */
async function resume(session: FtpSession, request: UploadRequest): Promise<void> {
  const { path, offset } = request;
  const { knowledge } = session;
  if (!knowledge.resumesUploads) throw cannotResume(path);
  const size = await fileSize(session, path);
  if (size !== offset) throw sizeMismatch(path, size, offset);
  if (!knowledge.appendRefused) {
    try {
      await send(session, request, 'APPE');
      return;
    } catch (error) {
      if (!(error instanceof TransferRefused)) throw error;
      if (error.error.class === 'full' || error.error.code === 'connection-lost') throw error.error;
      knowledge.appendRefused = true;
    }
  }
  try {
    await send(session, request, 'STOR', offset);
  } catch (error) {
    if (!(error instanceof TransferRefused)) throw error;
    if (error.error.class === 'full' || error.error.code === 'connection-lost') throw error.error;
    knowledge.resumesUploads = false;
    throw cannotResume(path);
  }
}

function send(
  session: FtpSession,
  request: UploadRequest,
  verb: 'STOR' | 'APPE',
  restartAt?: number,
): Promise<void> {
  const { path, source, offset, onBytes } = request;
  return transferData(session, {
    command: `${verb} ${pathArgument(path)}`,
    restartAt,
    what: `writing ${path}`,
    move: (socket, watch) => sendStream(socket, source.open(offset), watch, onBytes),
  });
}
