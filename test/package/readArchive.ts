import { readFileSync } from 'node:fs';

type Entry = { files: Record<string, Entry> } | { size: number; offset: string };

/**
 * The files of an asar archive, by their paths.
 *
 * Source: electron/asar, "Format": four little-endian numbers, the last of them the length of the JSON after them.
 */
export function readArchive(file: string): Map<string, Buffer> {
  const data = readFileSync(file);
  const headerEnd = 8 + data.readUInt32LE(4);
  // electron-builder wrote it; a wrong shape fails the test that reads it.
  const root = JSON.parse(data.toString('utf8', 16, 16 + data.readUInt32LE(12))) as Entry;
  const found = new Map<string, Buffer>();
  const walk = (entry: Entry, path: string) => {
    if ('files' in entry) {
      for (const [name, child] of Object.entries(entry.files))
        walk(child, path === '' ? name : `${path}/${name}`);
      return;
    }
    const from = headerEnd + Number(entry.offset);
    found.set(path, data.subarray(from, from + entry.size));
  };
  walk(root, '');
  return found;
}
