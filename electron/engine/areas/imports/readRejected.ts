import { closeSync, openSync, readSync } from 'node:fs';
import { importError } from '../../../imports/importError.ts';
import { fileErrorCode } from '../../../platform/fileError.ts';

const pieceBytes = 512 * 1024;

/** A piece of a file of rejected rows; pieces end between characters. Errors: no-rejected-rows (fix). */
export function readRejected(path: string, offset: number): { text: string; nextOffset?: number } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    throw importError('no-rejected-rows', 'There is no file of rejected rows for this import, or no longer.');
  }
  try {
    const bytes = Buffer.alloc(pieceBytes);
    const count = readSync(file, bytes, 0, pieceBytes, offset);
    if (count < pieceBytes) return { text: bytes.toString('utf8', 0, count) };
    // A line end is never part of a longer character.
    const end = bytes.lastIndexOf(10) + 1 || count;
    return { text: bytes.toString('utf8', 0, end), nextOffset: offset + end };
  } finally {
    closeSync(file);
  }
}
