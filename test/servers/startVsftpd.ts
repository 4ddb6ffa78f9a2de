import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FtpServer, FtpServerOptions, FtpServerTraits } from './ftpServer.ts';
import { account, type LaunchContext, launchFtpServer, unpacked } from './launchFtpServer.ts';

export interface VsftpdOptions extends FtpServerOptions {
  /** Uploads and new folders work, rename and delete answer 550: the site that only a self-check finds out. */
  readonly forbidRenameAndDelete?: boolean;
}

/** An /etc of the server's own, so that its one user exists nowhere else. */
function writeEtc(context: LaunchContext): string {
  const { username, uid, gid } = account;
  mkdirSync(join(context.folder, 'etc/pam.d'), { recursive: true });
  context.write(
    'etc/passwd',
    `root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n${username}:x:${uid}:${gid}::${context.home}:/bin/sh\n`,
    0o644,
  );
  context.write('etc/group', `root:x:0:\nnogroup:x:65534:\n${username}:x:${gid}:\n`, 0o644);
  context.write('etc/shadow', `root:*:1::::::\n${username}:${context.passwordHash()}:1::::::\n`);
  context.write('etc/nsswitch.conf', 'passwd: files\ngroup: files\nshadow: files\n', 0o644);
  context.write(
    'etc/pam.d/vsftpd',
    'auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n',
    0o644,
  );
  return join(context.folder, 'etc');
}

function tlsLines(context: LaunchContext, options: VsftpdOptions): string[] {
  const tls = options.tls ?? 'off';
  if (tls === 'off') return [];
  const must = tls === 'explicit' ? 'NO' : 'YES';
  return [
    'ssl_enable=YES',
    `implicit_ssl=${tls === 'implicit' ? 'YES' : 'NO'}`,
    `rsa_cert_file=${context.certificate.keyAndCertificateFile}`,
    `rsa_private_key_file=${context.certificate.keyAndCertificateFile}`,
    `force_local_logins_ssl=${must}`,
    `force_local_data_ssl=${must}`,
    'require_ssl_reuse=YES',
    'ssl_ciphers=HIGH',
  ];
}

function forbidLines(options: VsftpdOptions): string[] {
  if (options.forbidRenameAndDelete !== true) return [];
  return [
    'guest_enable=YES',
    `guest_username=${account.username}`,
    'virtual_use_local_privs=NO',
    'anon_upload_enable=YES',
    'anon_mkdir_write_enable=YES',
    'anon_other_write_enable=NO',
    'anon_world_readable_only=NO',
  ];
}

export const vsftpdTraits: FtpServerTraits = {
  exactListings: false,
  renameReplaces: true,
  resumesUploads: true,
  hidesDotNames: true,
};

/** Needs root: its user is known only inside a mount namespace with an /etc of its own. */
export function startVsftpd(options: VsftpdOptions = {}): Promise<FtpServer> {
  const refused = options.refusedCommands ?? [];
  return launchFtpServer({
    name: 'vsftpd',
    options,
    traits:
      options.forbidRenameAndDelete === true ? { ...vsftpdTraits, resumesUploads: false } : vsftpdTraits,
    configure(context) {
      const empty = join(context.folder, 'empty');
      mkdirSync(empty);
      const configuration = context.write(
        'vsftpd.conf',
        `${[
          'listen=YES',
          'listen_ipv6=NO',
          'background=NO',
          'listen_address=127.0.0.1',
          `listen_port=${context.ports.control}`,
          'anonymous_enable=NO',
          'local_enable=YES',
          'write_enable=YES',
          'local_umask=022',
          'chroot_local_user=YES',
          'allow_writeable_chroot=YES',
          'check_shell=NO',
          'pam_service_name=vsftpd',
          `pasv_min_port=${context.ports.passiveFrom}`,
          `pasv_max_port=${context.ports.passiveThrough}`,
          'port_enable=YES',
          'connect_from_port_20=NO',
          `secure_chroot_dir=${empty}`,
          'nopriv_user=nobody',
          // Debian's sandbox breaks SIZE.
          'seccomp_sandbox=NO',
          'xferlog_enable=NO',
          // A wrong password costs a second by default, which tests no behaviour.
          'delay_failed_login=0',
          'delay_successful_login=0',
          `max_clients=${options.maxClients ?? 0}`,
          ...(refused.length === 0 ? [] : [`cmds_denied=${refused.join(',')}`]),
          ...tlsLines(context, options),
          ...forbidLines(options),
        ].join('\n')}\n`,
      );
      return [
        'sh',
        '-c',
        'mount --bind "$1" /etc && exec "$2" "$3"',
        'sh',
        writeEtc(context),
        unpacked('usr/sbin/vsftpd'),
        configuration,
      ];
    },
  });
}
