import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../platform/clock.ts';
import { type Random, uuidV7 } from '../../../platform/random.ts';
import { refused } from '../../handlers.ts';

/** What nobody came back for. */
const keepMs = 24 * 3_600_000;
const mostAtOnce = 20;

interface Upload {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  receivedBytes: number;
}

/** Files that a window or the command line sends here in pieces. */
export interface Uploads {
  begin(name: string, sizeBytes: number): string;
  /** Errors: invalid-input for a piece that does not follow the one before. */
  add(uploadId: string, offset: number, piece: Buffer): number;
  /** A file that is here whole; it is the caller's from now on. Errors: invalid-input. */
  take(uploadId: string): { readonly name: string; readonly path: string };
}

export function createUploads(
  folder: string,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Uploads {
  const uploads = new Map<string, Upload>();
  const known = (uploadId: string): Upload => {
    const upload = uploads.get(uploadId);
    if (upload === undefined) throw refused('This upload is not known: send the file again.');
    return upload;
  };
  return {
    begin(name, sizeBytes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      sweep(folder, uploads, clock);
      if (uploads.size >= mostAtOnce) throw refused('Too many files are being sent at once.');
      const uploadId = uuidV7(random, clock);
      const path = join(folder, uploadId);
      closeSync(openSync(path, 'wx', 0o600));
      uploads.set(uploadId, { name, path, sizeBytes, receivedBytes: 0 });
      return uploadId;
    },
    add(uploadId, offset, piece) {
      const upload = known(uploadId);
      if (offset !== upload.receivedBytes || offset + piece.length > upload.sizeBytes) {
        throw refused('A piece of the file does not follow the one before: send the file again.');
      }
      const file = openSync(upload.path, 'r+');
      try {
        writeSync(file, piece, 0, piece.length, offset);
      } finally {
        closeSync(file);
      }
      upload.receivedBytes += piece.length;
      return upload.receivedBytes;
    },
    take(uploadId) {
      const upload = known(uploadId);
      if (upload.receivedBytes !== upload.sizeBytes) throw refused('The file is not here whole yet.');
      uploads.delete(uploadId);
      return { name: upload.name, path: upload.path };
    },
  };
}

/** Also what an engine before this one has left. */
function sweep(folder: string, uploads: Map<string, Upload>, clock: Clock): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || clock.now() - stats.mtimeMs < keepMs) continue;
    rmSync(path, { force: true });
    uploads.delete(name);
  }
}
