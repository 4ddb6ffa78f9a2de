import type { Clock } from '../../platform/clock.ts';
import { noRoom } from '../transportErrors.ts';

export interface MemoryFile {
  readonly kind: 'file';
  /** Holds at least `sizeBytes`; grows by doubling. */
  bytes: Buffer;
  sizeBytes: number;
  modifiedMs: number;
  /** False once deleted or replaced: an upload that still writes to it no longer uses room. */
  linked: boolean;
}

export interface MemoryFolder {
  readonly kind: 'folder';
  readonly entries: Map<string, MemoryNode>;
}

export type MemoryNode = MemoryFile | MemoryFolder;

/** The files and folders of one memory server, with the room they take. Every change happens in one step. */
export class MemoryTree {
  readonly root: MemoryFolder = { kind: 'folder', entries: new Map() };
  capacityBytes: number;
  #usedBytes = 0;
  readonly #clock: Clock;

  constructor(clock: Clock, capacityBytes: number) {
    this.#clock = clock;
    this.capacityBytes = capacityBytes;
  }

  get freeBytes(): number {
    return Math.max(0, this.capacityBytes - this.#usedBytes);
  }

  find(parts: readonly string[]): MemoryNode | undefined {
    let node: MemoryNode | undefined = this.root;
    for (const part of parts) {
      if (node?.kind !== 'folder') return undefined;
      node = node.entries.get(part);
    }
    return node;
  }

  findFolder(parts: readonly string[]): MemoryFolder | undefined {
    const node = this.find(parts);
    return node?.kind === 'folder' ? node : undefined;
  }

  findFile(parts: readonly string[]): MemoryFile | undefined {
    const node = this.find(parts);
    return node?.kind === 'file' ? node : undefined;
  }

  /** Makes the folder and its parents; undefined when a file is in the way. */
  makeFolder(parts: readonly string[]): MemoryFolder | undefined {
    let folder = this.root;
    for (const part of parts) {
      let next = folder.entries.get(part);
      if (next === undefined) {
        next = { kind: 'folder', entries: new Map() };
        folder.entries.set(part, next);
      }
      if (next.kind !== 'folder') return undefined;
      folder = next;
    }
    return folder;
  }

  /** Adds an empty file to a folder where nothing has this name. */
  createFile(folder: MemoryFolder, name: string): MemoryFile {
    const file: MemoryFile = {
      kind: 'file',
      bytes: Buffer.alloc(0),
      sizeBytes: 0,
      modifiedMs: this.#clock.now(),
      linked: true,
    };
    folder.entries.set(name, file);
    return file;
  }

  truncate(file: MemoryFile): void {
    if (file.linked) this.#usedBytes -= file.sizeBytes;
    // A new buffer: a download that is under way keeps the bytes it was given.
    file.bytes = Buffer.alloc(0);
    file.sizeBytes = 0;
    file.modifiedMs = this.#clock.now();
  }

  /** Takes a file out of its folder and gives its room back. */
  unlink(folder: MemoryFolder, name: string, file: MemoryFile): void {
    folder.entries.delete(name);
    this.#usedBytes -= file.sizeBytes;
    file.linked = false;
  }

  /** Writes at a position. Errors: no-room, after writing what fits. */
  write(file: MemoryFile, position: number, chunk: Uint8Array): void {
    const wanted = Math.max(file.sizeBytes, position + chunk.length);
    const growth = wanted - file.sizeBytes;
    const allowed = file.linked ? Math.min(growth, this.freeBytes) : growth;
    const end = file.sizeBytes + allowed;
    if (end > file.bytes.length) {
      const grown = Buffer.alloc(Math.max(end, file.bytes.length * 2));
      file.bytes.copy(grown, 0, 0, file.sizeBytes);
      file.bytes = grown;
    }
    if (position < end) file.bytes.set(chunk.subarray(0, end - position), position);
    file.sizeBytes = end;
    file.modifiedMs = this.#clock.now();
    if (file.linked) this.#usedBytes += allowed;
    if (allowed < growth) throw noRoom('The server has no room left.');
  }
}
