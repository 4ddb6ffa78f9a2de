import { spawnSync } from 'node:child_process';
import { isUnpacked } from '../../build/setup/serverFolder.ts';
import { serverPackages } from '../../build/setup/serverPackages.ts';

/** As a person knows it; the name of an entry of `serverPackages`. */
export type ServerName = 'vsftpd' | 'ProFTPD' | 'Pure-FTPd' | 'pyftpdlib' | 'OpenSSH';

export const serverNames: readonly ServerName[] = ['vsftpd', 'ProFTPD', 'Pure-FTPd', 'pyftpdlib', 'OpenSSH'];

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

let isolation: boolean | undefined;

/** True where a process may get namespaces of its own: as root, outside a container that forbids it. */
export function canIsolate(): boolean {
  isolation ??=
    isRoot() &&
    spawnSync('unshare', ['--mount', '--pid', '--fork', 'true'], { timeout: 10_000 }).status === 0;
  return isolation;
}

/** Undefined when the server can be started here; otherwise why not. */
export function whyServerMissing(name: ServerName): string | undefined {
  const needed = name === 'OpenSSH' ? [name, 'pam_oath'] : [name];
  const packages = serverPackages.filter((candidate) => needed.includes(candidate.name));
  if (process.platform !== 'linux') return 'it is started on Linux only';
  if (packages.length < needed.length || !packages.every(isUnpacked))
    return 'it is not unpacked: run npm run prepare-tests as root';
  if (name !== 'pyftpdlib' && !isRoot()) return 'only root can start it';
  if ((name === 'vsftpd' || name === 'OpenSSH') && !canIsolate())
    return 'this machine gives it no mount namespace';
  return undefined;
}
