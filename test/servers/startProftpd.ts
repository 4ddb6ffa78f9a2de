import { join } from 'node:path';
import type { FtpServerOptions, FtpServerTraits, PausableServer } from './ftpServer.ts';
import { account, type LaunchContext, launchFtpServer, runUnpacked, unpacked } from './launchFtpServer.ts';

export interface ProftpdOptions extends FtpServerOptions {
  /** Off, as the server ships: STOR, APPE and RNTO onto an existing name answer 550. */
  readonly allowOverwrite?: boolean;
  readonly quotaBytes?: number;
}

function tlsLines(context: LaunchContext, options: ProftpdOptions): string[] {
  const tls = options.tls ?? 'off';
  if (tls === 'off') return [];
  return [
    'LoadModule mod_tls.c',
    'TLSEngine on',
    `TLSLog ${join(context.folder, 'tls.log')}`,
    `TLSRequired ${tls === 'explicit' ? 'off' : 'on'}`,
    `TLSProtocol ${options.tlsVersion ?? 'TLSv1.2 TLSv1.3'}`,
    `TLSRSACertificateFile ${context.certificate.keyAndCertificateFile}`,
    `TLSRSACertificateKeyFile ${context.certificate.keyAndCertificateFile}`,
    'TLSRenegotiate none',
    ...(tls === 'implicit' ? ['TLSOptions UseImplicitSSL'] : []),
  ];
}

function quotaLines(context: LaunchContext, options: ProftpdOptions): string[] {
  if (options.quotaBytes === undefined) return [];
  const limits = join(context.folder, 'limits.tab');
  const tally = join(context.folder, 'tally.tab');
  const make = (...args: string[]) => runUnpacked('usr/sbin/ftpquota', args);
  make('--create-table', '--type=limit', `--table-path=${limits}`);
  make('--create-table', '--type=tally', `--table-path=${tally}`);
  make(
    ...['--add-record', '--type=limit', `--table-path=${limits}`, '--quota-type=user', '--limit-type=hard'],
    ...[`--name=${account.username}`, `--bytes-upload=${options.quotaBytes}`, '--units=B'],
  );
  return [
    'LoadModule mod_quotatab.c',
    'LoadModule mod_quotatab_file.c',
    'QuotaEngine on',
    `QuotaLimitTable file:${limits}`,
    `QuotaTallyTable file:${tally}`,
  ];
}

/** As it ships: with AllowOverwrite off. */
export const proftpdTraits: FtpServerTraits = {
  exactListings: true,
  renameReplaces: false,
  resumesUploads: true,
  hidesDotNames: false,
};

/** Needs root: a session takes on the account's user number. */
export function startProftpd(options: ProftpdOptions = {}): Promise<PausableServer> {
  const refused = options.refusedCommands ?? [];
  const replaces = options.allowOverwrite === true;
  return launchFtpServer({
    name: 'ProFTPD',
    options,
    traits: { ...proftpdTraits, renameReplaces: replaces },
    configure(context) {
      const { username, uid, gid } = account;
      const users = context.write(
        'users',
        `${username}:${context.passwordHash()}:${uid}:${gid}::${context.home}:/bin/false\n`,
      );
      const groups = context.write('groups', `${username}:x:${gid}:\n`);
      const configuration = context.write(
        'proftpd.conf',
        `${[
          `ModulePath ${unpacked('usr/lib/proftpd')}`,
          'ServerType standalone',
          'ServerName "Test"',
          'DefaultAddress 127.0.0.1',
          'SocketBindTight on',
          'UseIPv6 off',
          `Port ${context.ports.control}`,
          'User nobody',
          'Group nogroup',
          'AuthOrder mod_auth_file.c',
          `AuthUserFile ${users}`,
          `AuthGroupFile ${groups}`,
          'AuthPAM off',
          'RequireValidShell off',
          'DelayEngine off',
          'WtmpLog off',
          'TransferLog none',
          `SystemLog ${join(context.folder, 'system.log')}`,
          `PidFile ${join(context.folder, 'pid')}`,
          `ScoreboardFile ${join(context.folder, 'scoreboard')}`,
          'ControlsEngine off',
          'UseReverseDNS off',
          'DefaultRoot ~',
          'Umask 022',
          'AllowStoreRestart on',
          'AllowRetrieveRestart on',
          `AllowOverwrite ${replaces ? 'on' : 'off'}`,
          `PassivePorts ${context.ports.passiveFrom} ${context.ports.passiveThrough}`,
          ...(options.maxClients === undefined ? [] : [`MaxClients ${options.maxClients}`]),
          ...(refused.length === 0 ? [] : [`<Limit ${refused.join(' ')}>`, 'DenyAll', '</Limit>']),
          ...tlsLines(context, options),
          ...quotaLines(context, options),
        ].join('\n')}\n`,
      );
      return [unpacked('usr/sbin/proftpd'), '-n', '-c', configuration];
    },
  });
}
