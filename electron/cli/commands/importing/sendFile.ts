import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { throwIfCancelled } from '../../../../shared/errors.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../usageError.ts';

const pieceBytes = 512 * 1024;

/** Gives a file of this machine to the engine, in pieces. Errors: usage where it cannot be read. */
export async function sendFile(context: Context, engine: Engine, path: string): Promise<string> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw usageError(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Give the path of a CSV, or of a ZIP of CSVs.',
    );
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw usageError(`${path} is not a file.`, 'Give the path of a CSV, or of a ZIP of CSVs.');
    const { uploadId } = await engine.ask('imports.beginUpload', {
      name: basename(path),
      sizeBytes: stats.size,
    });
    const buffer = Buffer.alloc(pieceBytes);
    let offset = 0;
    while (offset < stats.size) {
      throwIfCancelled(context.parts.signal);
      const { bytesRead } = await handle.read(buffer, 0, pieceBytes, offset);
      if (bytesRead === 0) break;
      const base64 = buffer.subarray(0, bytesRead).toString('base64');
      await engine.ask('imports.addPiece', { uploadId, offset, base64 });
      offset += bytesRead;
    }
    return uploadId;
  } finally {
    await handle.close();
  }
}
