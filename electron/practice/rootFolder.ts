import { lstat, realpath } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { FtpReply } from './ftpReply.ts';

/** The folder that clients see as `/`. Nothing outside it can be named. */
export interface RootFolder {
  /**
   * The local path of a client's absolute path.
   *
   * Promise: lies inside the root, and no part of it is a symbolic link (the last part need not exist).
   * Errors:  FtpReply 550 or 553.
   */
  locate(clientPath: string): Promise<string>;
}

/** Resolves what a client typed against its working folder: always absolute, no `.` or `..` left. */
export function resolveClientPath(workingFolder: string, argument: string): string {
  const path = posix.resolve('/', workingFolder, argument);
  return path === '' ? '/' : path;
}

/** Characters that would mean something else to the local file system than to the client. */
function isForeignName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  return /[\u0000-\u001f\u007f\\]/.test(name) || (sep === '\\' && /[:*?"<>|]|[. ]$/.test(name));
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

export async function openRootFolder(folder: string): Promise<RootFolder> {
  const root = await realpath(folder);
  return {
    async locate(clientPath) {
      let local = root;
      for (const name of clientPath.split('/')) {
        if (name === '') continue;
        if (name === '..' || isForeignName(name)) throw new FtpReply('553 The name is not allowed.');
        local = join(local, name);
        if (await isLink(local)) throw new FtpReply('550 No such file or folder.');
      }
      return local;
    },
  };
}
