import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { FtpServer, FtpServerOptions } from './ftpServer.ts';
import { account, launchFtpServer, unpacked } from './launchFtpServer.ts';

export interface PureFtpdOptions extends Omit<FtpServerOptions, 'tls'> {
  /** It knows no implicit TLS and asks for no session reuse. */
  readonly tls?: 'off' | 'explicit' | 'required';
  readonly quotaMegabytes?: number;
}

const tlsLevels = { off: '0', explicit: '1', required: '3' } as const;

/** Needs root: a session takes on the account's user number. */
export function startPureFtpd(options: PureFtpdOptions = {}): Promise<FtpServer> {
  const tls = options.tls ?? 'off';
  return launchFtpServer({
    name: 'Pure-FTPd',
    options,
    traits: {
      exactListings: true,
      renameReplaces: true,
      storeReplaces: true,
      resumesUploads: true,
      hidesDotNames: false,
    },
    configure(context) {
      const { username, uid, gid } = account;
      // Written by hand: `pure-pw useradd` makes an argon2 hash that costs seconds of CPU per log-in.
      const users = context.write(
        'pureftpd.passwd',
        `${username}:${context.passwordHash()}:${uid}:${gid}::${context.home}/./::::::::::::\n`,
      );
      const database = join(context.folder, 'pureftpd.pdb');
      execFileSync(unpacked('usr/bin/pure-pw'), ['mkdb', database, '-f', users], { stdio: 'pipe' });
      const most = String(options.maxClients ?? 50);
      return [
        unpacked('usr/sbin/pure-ftpd'),
        ...['-S', `127.0.0.1,${context.ports.control}`, '-4', '-E', '-H', '-A', '-l', `puredb:${database}`],
        ...['-p', `${context.ports.passiveFrom}:${context.ports.passiveThrough}`, '-c', most, '-C', most],
        ...['-u', '1000', '-U', '133:022', '-g', join(context.folder, 'pid'), '-Y', tlsLevels[tls]],
        ...(tls === 'off' ? [] : ['-2', context.certificate.keyAndCertificateFile]),
        ...(options.quotaMegabytes === undefined ? [] : ['-n', `100000:${options.quotaMegabytes}`]),
      ];
    },
  });
}
