import { join } from 'node:path';
import type { FtpServer, FtpServerOptions, FtpServerTraits } from './ftpServer.ts';
import { account, launchFtpServer, runUnpacked, unpacked } from './launchFtpServer.ts';

/** It knows no implicit TLS, asks for no session reuse, and cannot be told to refuse commands. */
export interface PureFtpdOptions extends FtpServerOptions {
  readonly quotaMegabytes?: number;
}

const tlsLevels = { off: '0', explicit: '1', required: '3', implicit: undefined } as const;

export const pureFtpdTraits: FtpServerTraits = {
  exactListings: true,
  renameReplaces: true,
  resumesUploads: true,
  hidesDotNames: false,
};

/** Needs root: a session takes on the account's user number. */
export function startPureFtpd(options: PureFtpdOptions = {}): Promise<FtpServer> {
  const { tls = 'off' } = options;
  const tlsLevel = tlsLevels[tls];
  if (tlsLevel === undefined) throw new Error('Pure-FTPd knows no implicit TLS.');
  return launchFtpServer({
    name: 'Pure-FTPd',
    options,
    traits: pureFtpdTraits,
    configure(context) {
      const { username, uid, gid } = account;
      // Written by hand: `pure-pw useradd` makes an argon2 hash that costs seconds of CPU per log-in.
      const users = context.write(
        'pureftpd.passwd',
        `${username}:${context.passwordHash()}:${uid}:${gid}::${context.home}/./::::::::::::\n`,
      );
      const database = join(context.folder, 'pureftpd.pdb');
      runUnpacked('usr/bin/pure-pw', ['mkdb', database, '-f', users]);
      const most = String(options.maxClients ?? 50);
      return [
        unpacked('usr/sbin/pure-ftpd'),
        ...['-S', `127.0.0.1,${context.ports.control}`, '-4', '-E', '-H', '-A', '-l', `puredb:${database}`],
        ...['-p', `${context.ports.passiveFrom}:${context.ports.passiveThrough}`, '-c', most, '-C', most],
        ...['-u', '1000', '-U', '133:022', '-g', join(context.folder, 'pid'), '-Y', tlsLevel],
        ...(tls === 'off' ? [] : ['-2', context.certificate.keyAndCertificateFile]),
        ...(options.quotaMegabytes === undefined ? [] : ['-n', `100000:${options.quotaMegabytes}`]),
      ];
    },
  });
}
