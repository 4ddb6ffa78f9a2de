import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';

/** sun_path holds 108 bytes on Linux and 104 on macOS, with the closing zero. */
const longestPathBytes = 100;

/**
 * Where the engine of a data directory listens: always the same place for the same directory.
 *
 * Promise: in a folder that only its owner can enter.
 * Errors:  unsafe-folder (fix) when a folder of another user is in the way.
 */
export function socketPath(dataDir: string): string {
  const full = resolve(dataDir);
  const id = createHash('sha256').update(full).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\branchline-${id}`;
  const inside = join(full, 'engine.sock');
  if (Buffer.byteLength(inside) <= longestPathBytes) return inside;
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `branchline-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Not through a link: another user may have laid one there.
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o077) !== 0) {
    throw new ExchangeError({
      code: 'unsafe-folder',
      class: 'fix',
      message: `The folder ${folder} can be entered by other users, or is no folder.`,
      advice: 'Remove it, or choose a data directory with a shorter path.',
    });
  }
  return join(folder, `${id}.sock`);
}
