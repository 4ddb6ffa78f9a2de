import { open } from 'node:fs/promises';
import { ExchangeError } from '../../../../shared/errors.ts';
import { fileErrorCode, plainFileError } from '../../../platform/fileError.ts';

/** A part has to fit into a message with room to spare. */
const partBytes = 512 * 1024;

/** Part of a local file for a client: half a megabyte at most. Errors: not-found (fix). */
export async function readPart(
  path: string,
  offset: number,
): Promise<{ readonly base64: string; readonly sizeBytes: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const sizeBytes = (await file.stat()).size;
      const part = Buffer.alloc(Math.max(0, Math.min(partBytes, sizeBytes - offset)));
      const { bytesRead } = await file.read(part, 0, part.length, offset);
      return { base64: part.subarray(0, bytesRead).toString('base64'), sizeBytes };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw plainFileError(error, `the file ${path}`);
    throw new ExchangeError({
      code: 'not-found',
      class: 'fix',
      message: `The file ${path} is not there any more.`,
      advice: 'Somebody may have moved or deleted it; restore it from a backup of this machine.',
    });
  }
}
