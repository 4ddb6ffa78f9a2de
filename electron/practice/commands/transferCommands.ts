import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { FtpReply } from '../ftpReply.ts';
import { resolveClientPath } from '../rootFolder.ts';
import type { CommandHandler, Session } from '../session.ts';
import { runTransfer, untilFault } from '../transfer.ts';

const chunkBytes = 256 * 1024;

/** Windows has no such flag; there, a link was refused by the path check before. */
const noFollow = constants.O_NOFOLLOW ?? 0;

async function* readFrom(file: FileHandle, offset: number): AsyncGenerator<Buffer> {
  let position = offset;
  for (;;) {
    // A new buffer each time: the socket may still hold the one before.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function writeAll(file: FileHandle, chunk: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
  }
}

async function openPlainFile(local: string, flags: number): Promise<FileHandle> {
  const file = await open(local, flags | noFollow, 0o644);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new FtpReply('550 Not a plain file.');
}

async function receive(session: Session, argument: string, flags: number, append: boolean): Promise<string> {
  const local = await session.site.root.locate(resolveClientPath(session.folder, argument));
  const file = await openPlainFile(local, constants.O_WRONLY | flags);
  try {
    const size = (await file.stat()).size;
    const offset = append ? size : session.restartAt;
    if (offset > size) throw new FtpReply(`554 The file has only ${size} bytes.`);
    await file.truncate(offset);
    return await runTransfer(session, async (data) => {
      let position = offset;
      // Left open at the end, so that it can be closed politely.
      for await (const chunk of untilFault(session, data.iterator({ destroyOnReturn: false }))) {
        await writeAll(file, chunk, position);
        position += chunk.length;
      }
    });
  } finally {
    await file.close();
  }
}

const retr: CommandHandler = async (session, argument) => {
  const local = await session.site.root.locate(resolveClientPath(session.folder, argument));
  const file = await openPlainFile(local, constants.O_RDONLY);
  try {
    const { size } = await file.stat();
    if (session.restartAt > size) throw new FtpReply(`554 The file has only ${size} bytes.`);
    const from = session.restartAt;
    return await runTransfer(session, (data) => pipeline(untilFault(session, readFrom(file, from)), data));
  } finally {
    await file.close();
  }
};

const stor: CommandHandler = (session, argument) =>
  receive(session, argument, session.restartAt === 0 ? constants.O_CREAT | constants.O_TRUNC : 0, false);

const appe: CommandHandler = (session, argument) => receive(session, argument, constants.O_CREAT, true);

/** The transfer itself was ended when the command arrived; this is its turn to be answered. */
const abor: CommandHandler = () => '226 Nothing is under way now.';

export const transferCommands: ReadonlyMap<string, CommandHandler> = new Map([
  ['RETR', retr],
  ['STOR', stor],
  ['APPE', appe],
  ['ABOR', abor],
]);
