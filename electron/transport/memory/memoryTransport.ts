import type { Readable } from 'node:stream';
import { throwIfCancelled } from '../../../shared/errors.ts';
import { destroyWhenCancelled } from '../destroyWhenCancelled.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { splitRemoteFilePath, splitRemotePath } from '../remotePath.ts';
import type {
  CallOptions,
  DownloadSink,
  RemoteEntry,
  TransferOptions,
  Transport,
  TransportTraits,
  UploadSource,
} from '../transport.ts';
import {
  alreadyExists,
  cannotResume,
  connectionLost,
  forbidden,
  notFound,
  renameRefused,
  sizeMismatch,
} from '../transportErrors.ts';
import type { MemoryFile, MemoryFolder, MemoryTree } from './memoryTree.ts';

const chunkBytes = 256 * 1024;

interface Place {
  readonly parts: readonly string[];
  readonly folder: MemoryFolder | undefined;
  readonly name: string;
}

/** One connection to a memory server. Acts are synchronous inside; only the bytes of transfers take turns. */
export class MemoryTransport implements Transport {
  readonly traits: TransportTraits;
  readonly #tree: MemoryTree;
  readonly #onClose: () => void;
  readonly #inTurn = oneAtATime();
  #closed = false;
  /** The source of the upload under way. */
  #stream: Readable | undefined;

  constructor(tree: MemoryTree, traits: TransportTraits, onClose: () => void) {
    this.#tree = tree;
    this.traits = traits;
    this.#onClose = onClose;
  }

  get closed(): boolean {
    return this.#closed;
  }

  list(folder: string, options?: CallOptions): Promise<RemoteEntry[]> {
    return this.#act(options, () => {
      const node = this.#tree.findFolder(splitRemotePath(folder));
      if (node === undefined) throw notFound(folder, 'There is no such folder');
      const entries: RemoteEntry[] = [];
      for (const [name, child] of node.entries) {
        entries.push(
          child.kind === 'file'
            ? { name, kind: 'file', sizeBytes: child.sizeBytes, modifiedMs: child.modifiedMs }
            : { name, kind: 'folder', sizeBytes: undefined, modifiedMs: undefined },
        );
      }
      return entries;
    });
  }

  fileSize(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#act(options, () => this.#tree.findFile(splitRemotePath(path))?.sizeBytes);
  }

  modifiedTime(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#act(options, () => this.#tree.findFile(splitRemotePath(path))?.modifiedMs);
  }

  freeBytes(options?: CallOptions): Promise<number | undefined> {
    return this.#act(options, () =>
      Number.isFinite(this.#tree.capacityBytes) ? this.#tree.freeBytes : undefined,
    );
  }

  upload(
    path: string,
    source: UploadSource,
    options?: TransferOptions & { readonly offset?: number },
  ): Promise<void> {
    return this.#inTurn(async () => {
      this.#check(options);
      const offset = options?.offset ?? 0;
      const { parts, file } = this.#fileToWrite(path, offset);
      const stream = source.open(offset);
      this.#stream = stream;
      const stopListening = destroyWhenCancelled(stream, options?.signal);
      try {
        let position = offset;
        for await (const chunk of stream) {
          this.#check(options);
          // A source yields bytes; text would be a mistake of its maker, and Buffer.from copes with both.
          const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
          this.#tree.write(file, position, bytes);
          position += bytes.length;
          options?.onBytes?.(bytes.length);
        }
      } finally {
        stopListening();
        this.#stream = undefined;
        stream.destroy();
      }
      this.#check(options);
      const size = this.#tree.findFile(parts)?.sizeBytes;
      if (size !== source.sizeBytes) throw sizeMismatch(path, size, source.sizeBytes);
    });
  }

  download(
    path: string,
    sink: DownloadSink,
    options?: TransferOptions & { readonly offset?: number; readonly expectedBytes?: number },
  ): Promise<number> {
    return this.#inTurn(async () => {
      this.#check(options);
      const file = this.#tree.findFile(splitRemoteFilePath(path));
      if (file === undefined) throw notFound(path);
      const offset = options?.offset ?? 0;
      const expected = options?.expectedBytes;
      if (offset > file.sizeBytes) throw sizeMismatch(path, file.sizeBytes, offset);
      let position = offset;
      while (position < file.sizeBytes && (expected === undefined || position < expected)) {
        const end = Math.min(file.sizeBytes, expected ?? file.sizeBytes, position + chunkBytes);
        const chunk = Buffer.from(file.bytes.subarray(position, end));
        await sink.write(chunk);
        position = end;
        options?.onBytes?.(chunk.length);
        this.#check(options);
      }
      if (expected !== undefined && file.sizeBytes !== expected) {
        throw sizeMismatch(path, file.sizeBytes, expected);
      }
      return position - offset;
    });
  }

  rename(from: string, to: string, options?: CallOptions): Promise<void> {
    return this.#act(options, () => {
      const source = this.#place(from);
      const target = this.#place(to);
      const file = source.folder?.entries.get(source.name);
      if (source.folder === undefined || file?.kind !== 'file') throw notFound(from);
      if (target.folder === undefined) {
        throw renameRefused(`${from} cannot be renamed to ${to}: that folder is not there.`);
      }
      const existing = target.folder.entries.get(target.name);
      if (existing !== undefined) {
        if (this.traits.renameReplaces !== true || existing.kind === 'folder') throw alreadyExists(to);
        if (existing === file) return;
        this.#tree.unlink(target.folder, target.name, existing);
      }
      source.folder.entries.delete(source.name);
      target.folder.entries.set(target.name, file);
    });
  }

  remove(path: string, options?: CallOptions): Promise<boolean> {
    return this.#act(options, () => {
      const { folder, name } = this.#place(path);
      const file = folder?.entries.get(name);
      if (folder === undefined || file?.kind !== 'file') return false;
      this.#tree.unlink(folder, name, file);
      return true;
    });
  }

  makeFolder(folder: string, options?: CallOptions): Promise<void> {
    return this.#act(options, () => {
      if (this.#tree.makeFolder(splitRemotePath(folder)) === undefined) throw alreadyExists(folder);
    });
  }

  removeFolder(folder: string, options?: CallOptions): Promise<boolean> {
    return this.#act(options, () => {
      const place = this.#place(folder);
      const node = place.folder?.entries.get(place.name);
      if (node?.kind !== 'folder') return false;
      if (node.entries.size > 0) throw forbidden(`The folder is not empty: ${folder}.`);
      place.folder?.entries.delete(place.name);
      return true;
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream?.destroy(connectionLost());
    this.#onClose();
  }

  #act<T>(options: CallOptions | undefined, work: () => T): Promise<T> {
    return this.#inTurn(async () => {
      this.#check(options);
      return work();
    });
  }

  #check(options: CallOptions | undefined): void {
    if (this.#closed) throw connectionLost('The connection was closed.');
    throwIfCancelled(options?.signal);
  }

  #place(path: string): Place {
    const parts = splitRemoteFilePath(path);
    return { parts, folder: this.#tree.findFolder(parts.slice(0, -1)), name: parts.at(-1) ?? '' };
  }

  #fileToWrite(path: string, offset: number): { parts: readonly string[]; file: MemoryFile } {
    const { parts, folder, name } = this.#place(path);
    if (offset > 0 && !this.traits.resumesUploads) throw cannotResume(path);
    if (folder === undefined) throw notFound(path, 'There is no folder for this file');
    const existing = folder.entries.get(name);
    if (existing?.kind === 'folder') throw forbidden(`A folder has this name: ${path}.`);
    if (offset > 0) {
      if (existing?.sizeBytes !== offset) throw sizeMismatch(path, existing?.sizeBytes, offset);
      return { parts, file: existing };
    }
    if (existing === undefined) return { parts, file: this.#tree.createFile(folder, name) };
    this.#tree.truncate(existing);
    return { parts, file: existing };
  }
}
