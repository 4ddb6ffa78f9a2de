import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rmdir, stat, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExchangeError, throwIfCancelled } from '../../../shared/errors.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { parentOfPath, splitRemoteFilePath } from '../remotePath.ts';
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
  connectionLost,
  forbidden,
  notFound,
  renameRefused,
  sizeMismatch,
} from '../transportErrors.ts';
import { ForeignError, readAll, writeAll } from './copyBytes.ts';
import { failedWith, folderError } from './folderError.ts';
import type { FolderRoot } from './folderRoot.ts';
import { listLocalFolder } from './listLocalFolder.ts';
import { moveWithoutReplacing } from './moveWithoutReplacing.ts';
import { syncFileToDisk, syncFolderToDisk } from './syncToDisk.ts';

/** Windows knows neither; there, a link needs an administrator, and `lstat` has looked before. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const noWait = constants.O_NONBLOCK ?? 0;

/** A folder that several computers see, with the promises of a server. Every success is durable where possible. */
export class FolderTransport implements Transport {
  readonly traits: TransportTraits = {
    resumesUploads: true,
    resumesDownloads: true,
    renameReplaces: false,
    exactListings: true,
  };
  readonly #root: FolderRoot;
  readonly #inTurn = oneAtATime();
  #closed = false;

  constructor(root: FolderRoot) {
    this.#root = root;
  }

  get closed(): boolean {
    return this.#closed;
  }

  list(folder: string, options?: CallOptions): Promise<RemoteEntry[]> {
    return this.#act(folder, options, async () => {
      const local = await this.#root.folder(folder);
      return await listLocalFolder(local, () => this.#check(options));
    });
  }

  fileSize(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#act(path, options, async () => (await this.#file(path)).facts?.size);
  }

  modifiedTime(path: string, options?: CallOptions): Promise<number | undefined> {
    return this.#act(path, options, async () => {
      const { facts } = await this.#file(path);
      return facts === undefined ? undefined : Math.floor(facts.mtimeMs);
    });
  }

  freeBytes(options?: CallOptions): Promise<number | undefined> {
    return this.#act('', options, async () => {
      const facts = await statfs(this.#root.path);
      return facts.bavail * facts.bsize;
    });
  }

  upload(
    path: string,
    source: UploadSource,
    options?: TransferOptions & { readonly offset?: number },
  ): Promise<void> {
    return this.#act(path, options, async () => {
      const offset = options?.offset ?? 0;
      splitRemoteFilePath(path);
      const { local, folder, facts, other } = await this.#file(path);
      if (other) throw forbidden(`A folder or link has this name: ${path}.`);
      if (offset > 0 && facts?.size !== offset) throw sizeMismatch(path, facts?.size, offset);
      const file = await this.#openForWriting(local, path, offset);
      try {
        await writeAll(file, source, path, () => this.#check(options), options);
        await syncFileToDisk(file);
      } finally {
        await file.close();
      }
      await syncFolderToDisk(folder);
      const size = (await stat(local)).size;
      if (size !== source.sizeBytes) throw sizeMismatch(path, size, source.sizeBytes);
    });
  }

  download(
    path: string,
    sink: DownloadSink,
    options?: TransferOptions & { readonly offset?: number; readonly expectedBytes?: number },
  ): Promise<number> {
    return this.#act(path, options, async () => {
      splitRemoteFilePath(path);
      const { local, facts } = await this.#file(path);
      if (facts === undefined) throw notFound(path);
      const file = await open(local, constants.O_RDONLY | noFollow | noWait);
      try {
        return await readAll(file, sink, path, () => this.#check(options), options);
      } finally {
        await file.close();
      }
    });
  }

  rename(from: string, to: string, options?: CallOptions): Promise<void> {
    return this.#act(from, options, async () => {
      splitRemoteFilePath(from);
      splitRemoteFilePath(to);
      const source = await this.#file(from);
      if (source.facts === undefined) throw notFound(from);
      const target = await this.#file(to);
      if (target.facts !== undefined || target.other) throw alreadyExists(to);
      const folderFacts = await stat(target.folder).catch(() => undefined);
      if (!folderFacts?.isDirectory()) {
        throw renameRefused(`${from} cannot be renamed to ${to}: that folder is not there.`);
      }
      try {
        await moveWithoutReplacing(source.local, target.local);
      } catch (error) {
        if (failedWith(error, 'EEXIST')) throw alreadyExists(to);
        throw error;
      }
      await syncFolderToDisk(target.folder);
      if (source.folder !== target.folder) await syncFolderToDisk(source.folder);
    });
  }

  remove(path: string, options?: CallOptions): Promise<boolean> {
    return this.#act(path, options, async () => {
      splitRemoteFilePath(path);
      const { local, folder, facts } = await this.#file(path);
      if (facts === undefined) return false;
      try {
        await unlink(local);
      } catch (error) {
        if (failedWith(error, 'ENOENT')) return false;
        throw error;
      }
      await syncFolderToDisk(folder);
      return true;
    });
  }

  makeFolder(folder: string, options?: CallOptions): Promise<void> {
    return this.#act(folder, options, async () => {
      const parts = this.#root.split(folder);
      for (let count = 1; count <= parts.length; count += 1) {
        const local = await this.#root.folder(parts.slice(0, count).join('/'));
        try {
          await mkdir(local);
          await syncFolderToDisk(join(local, '..'));
        } catch (error) {
          if (!failedWith(error, 'EEXIST')) throw error;
          if (!(await stat(local)).isDirectory()) throw alreadyExists(folder);
        }
      }
    });
  }

  removeFolder(folder: string, options?: CallOptions): Promise<boolean> {
    return this.#act(folder, options, async () => {
      splitRemoteFilePath(folder);
      const parent = await this.#root.folder(parentOfPath(folder));
      const local = join(parent, this.#root.split(folder).at(-1) ?? '');
      const facts = await lookAt(local);
      if (!facts?.isDirectory()) {
        await this.#root.expectPresent();
        return false;
      }
      await rmdir(local);
      await syncFolderToDisk(parent);
      return true;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** Runs one call in its turn, and maps what fails in it. */
  #act<T>(path: string, options: CallOptions | undefined, work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#check(options);
      try {
        return await work();
      } catch (error) {
        if (error instanceof ForeignError) throw error.original;
        throw await this.#verdict(error, path);
      }
    });
  }

  async #verdict(error: unknown, path: string): Promise<ExchangeError> {
    let verdict = folderError(error, path);
    if (verdict.code === 'not-found') {
      await this.#root.expectPresent().catch((gone: unknown) => {
        verdict = folderError(gone, path);
      });
    }
    if (verdict.code === 'connection-lost') this.#closed = true;
    return verdict;
  }

  #check(options: CallOptions | undefined): void {
    if (this.#closed) throw connectionLost('The folder was closed.');
    throwIfCancelled(options?.signal);
  }

  /** Where a remote file lies here, and its facts when it is a plain file. */
  async #file(path: string): Promise<{
    readonly local: string;
    readonly folder: string;
    readonly facts: Stats | undefined;
    /** Something else than a file has this name. */
    readonly other: boolean;
  }> {
    const parts = this.#root.split(path);
    // The last part must not be followed when it is a link, so only its folder is resolved.
    const folder = await this.#root.folder(parentOfPath(path));
    const local = join(folder, parts.at(-1) ?? '');
    const facts = await lookAt(local);
    if (facts === undefined) await this.#root.expectPresent();
    const isFile = facts?.isFile() === true;
    return { local, folder, facts: isFile ? facts : undefined, other: facts !== undefined && !isFile };
  }

  async #openForWriting(local: string, path: string, offset: number): Promise<FileHandle> {
    const create = offset === 0 ? constants.O_CREAT : 0;
    let file: FileHandle;
    try {
      file = await open(local, constants.O_WRONLY | create | noFollow | noWait, 0o666);
    } catch (error) {
      if (failedWith(error, 'ENOENT')) throw notFound(path, 'There is no folder for this file');
      throw error;
    }
    try {
      // Truncated only once it is certain that this is a plain file and nothing behind a link.
      if (!(await file.stat()).isFile()) throw forbidden(`This is no plain file: ${path}.`);
      if (offset === 0) await file.truncate(0);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }
}

async function lookAt(local: string): Promise<Stats | undefined> {
  try {
    return await lstat(local);
  } catch (error) {
    if (failedWith(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
