import type { SFTPWrapper } from 'ssh2';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { SshConnection } from './sshConnection.ts';

/** What was learned about a server, shared by all connections to it. It decides what is tried first, nothing else. */
export interface SftpKnowledge {
  /** posix-rename@openssh.com, which replaces what is there; undefined before the first rename. */
  posixRename: boolean | undefined;
  freeBytes: boolean;
}

/** One logged-in connection, as the verbs use it. */
export interface SftpSession {
  readonly ftp: FtpConfiguration;
  readonly clock: Clock;
  readonly connection: SshConnection;
  readonly sftp: SFTPWrapper;
  readonly knowledge: SftpKnowledge;
  /** Carries requests out in the order they were sent, as OpenSSH does. */
  readonly keepsOrder: boolean;
  /** The home directory; '' for the one that the log-in leads to. Without a slash at its end. */
  readonly home: string;
}

/** A path of the Transport interface as the server knows it. */
export function serverPath({ home }: Pick<SftpSession, 'home'>, path: string): string {
  // Never empty, and no name is taken for anything but a name.
  if (path === '') return home === '' ? '.' : home;
  return home === '' ? `./${path}` : `${home}/${path}`;
}
