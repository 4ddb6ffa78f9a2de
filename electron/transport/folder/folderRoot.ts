import { lstat, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { badPath, splitRemotePath } from '../remotePath.ts';
import { connectionLost, forbidden } from '../transportErrors.ts';
import { failedWith, folderError } from './folderError.ts';
import { isPlainWindowsName } from './windowsName.ts';

/** Which folder on which drive: tells a drive from the empty mount point that it leaves behind. */
interface Identity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** The home directory of a folder transport, and the only way from a remote path to a local one. */
export class FolderRoot {
  /** Absolute, without links. */
  readonly #path: string;
  readonly #identity: Identity;
  readonly #windowsNames: boolean;

  private constructor(path: string, identity: Identity, windowsNames: boolean) {
    this.#path = path;
    this.#identity = identity;
    this.#windowsNames = windowsNames;
  }

  /** Errors: home-not-found (fix), forbidden (fix), in-use, connection-lost (retry). */
  static async open(root: string, windowsNames: boolean): Promise<FolderRoot> {
    if (!isAbsolute(root))
      throw homeNotFound(root, 'The path of the folder must begin at a drive or at "/".');
    try {
      const path = await realpath(root);
      const facts = await stat(path, { bigint: true });
      if (!facts.isDirectory()) throw homeNotFound(root, 'This is a file, not a folder.');
      return new FolderRoot(path, { device: facts.dev, inode: facts.ino }, windowsNames);
    } catch (error) {
      if (failedWith(error, 'ENOENT', 'ENOTDIR', 'ENXIO', 'ENODEV')) {
        throw homeNotFound(root, 'The folder is not there.');
      }
      throw folderError(error, root);
    }
  }

  get path(): string {
    return this.#path;
  }

  /** The parts of a remote path. Errors: bad-path, also for names that this drive would change silently. */
  split(remote: string): string[] {
    const parts = splitRemotePath(remote);
    if (this.#windowsNames && !parts.every(isPlainWindowsName)) {
      throw badPath(remote, 'Windows cannot hold a file of this name.');
    }
    return parts;
  }

  /**
   * The local path of a folder. What it names may be missing.
   *
   * Errors: bad-path; forbidden when a link leads out of the home directory.
   */
  async folder(remote: string): Promise<string> {
    const parts = this.split(remote);
    const local = join(this.#path, ...parts);
    let real: string;
    try {
      real = await realpath(local);
    } catch (error) {
      // A missing folder cannot lead anywhere, but the ones above it could.
      if (!failedWith(error, 'ENOENT') || parts.length === 0) throw error;
      await this.folder(parts.slice(0, -1).join('/'));
      const dangling = await lstat(local).catch(() => undefined);
      if (dangling !== undefined) throw forbidden(`A link is in the way: ${remote}.`);
      return local;
    }
    const inside = this.#path.endsWith(sep) ? this.#path : this.#path + sep;
    if (real !== this.#path && !real.startsWith(inside)) {
      throw forbidden(`A link leads out of the home directory: ${remote}.`);
    }
    return real;
  }

  /**
   * Throws connection-lost when the home directory is no longer the one that was opened. Asked after every
   * "no such file", so that an unplugged drive is not taken for one whose files are gone.
   */
  async expectPresent(): Promise<void> {
    const facts = await stat(this.#path, { bigint: true }).catch(() => undefined);
    // Some network file systems give 0 for every inode.
    const same = facts?.dev === this.#identity.device && facts.ino === this.#identity.inode;
    if (same && facts.isDirectory()) return;
    throw connectionLost('The drive or share has gone.');
  }
}

function homeNotFound(root: string, message: string): ExchangeError {
  return new ExchangeError({
    code: 'home-not-found',
    class: 'fix',
    message: `${message} (${root})`,
    advice:
      'Plug in the drive, connect the network share or start the synchronising program, and check Home Dir.',
  });
}
