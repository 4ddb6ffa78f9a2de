/**
 * The paths of one packet, compared the way the least able disk would: without telling case apart, and with
 * composed and decomposed accents taken as the same.
 */
export class NameSet {
  readonly #files = new Map<string, string>();
  readonly #folders = new Map<string, string>();

  /**
   * Takes a path in, unless it would fall on another one.
   *
   * Shape:   a safe path, `/` between parts.
   * Promise: returns the path it collides with (the same file, or a file where this one needs a folder, or the
   *          reverse) and takes nothing in; undefined when it was taken in.
   */
  add(path: string): string | undefined {
    const key = collisionKey(path);
    const taken = this.#files.get(key) ?? this.#folders.get(key);
    if (taken !== undefined) return taken;
    const folders = foldersOf(key);
    for (const folder of folders) {
      const file = this.#files.get(folder);
      if (file !== undefined) return file;
    }
    this.#files.set(key, path);
    for (const folder of folders) if (!this.#folders.has(folder)) this.#folders.set(folder, path);
    return undefined;
  }
}

/** Characters that HFS+ ignores when it compares names. */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/**
 * Equal for names that any disk in use may take for one. Stricter than each of them alone: upper and then lower
 * case folds `ß` with `ss` and the two Greek sigmas, which some disks do and others do not.
 */
function collisionKey(path: string): string {
  return path.replace(ignored, '').normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}
