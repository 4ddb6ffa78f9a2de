import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { hostKeyFacts } from '../../electron/transport/sftp/hostKey.ts';
import type { TrustedServer } from '../../shared/trust.ts';
import type { FtpServer, FtpServerTraits } from './ftpServer.ts';
import { account, type LaunchContext, launchFtpServer, unpacked } from './launchFtpServer.ts';

export interface SshdOptions {
  /** How the account logs on. `two-questions`: keyboard-interactive in two rounds, the password and a one-time code. */
  readonly logOn?: 'password' | 'two-questions' | 'key';
  /** The public key line that is let in. */
  readonly authorizedKey?: string;
  /** The home directory is a file system of its own, so large; seen by the server only. */
  readonly roomMegabytes?: number;
}

export interface Sshd extends FtpServer {
  /** What a person would trust. */
  readonly identities: readonly TrustedServer[];
  /** With `two-questions`: the next one-time code; each is good for once. */
  nextCode(): string;
}

const codeKey = Buffer.from('a secret for one-time codes');

function oathModule(): string {
  const places = ['x86_64', 'aarch64'].map((machine) =>
    unpacked(`lib/${machine}-linux-gnu/security/pam_oath.so`),
  );
  return places.find((path) => existsSync(path)) ?? 'pam_oath.so';
}

/** A one-time code of six digits. Source: RFC 4226 §5.3. */
function codeAt(counter: number): string {
  const moment = Buffer.alloc(8);
  moment.writeUInt32BE(counter, 4);
  const hash = createHmac('sha1', codeKey).update(moment).digest();
  const place = hash.readUInt8(hash.length - 1) & 0xf;
  return String((hash.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** An /etc of the server's own, so that its users exist nowhere else. */
function writeEtc(context: LaunchContext, options: SshdOptions): string {
  const { username, uid, gid } = account;
  mkdirSync(join(context.folder, 'etc/pam.d'), { recursive: true });
  context.write(
    'etc/passwd',
    `root:x:0:0::/:/bin/sh\nsshd:x:65533:65534::/run/sshd:/bin/false\nnobody:x:65534:65534::/:/bin/false\n${username}:x:${uid}:${gid}::${context.home}:/bin/sh\n`,
    0o644,
  );
  context.write('etc/group', `root:x:0:\nnogroup:x:65534:\n${username}:x:${gid}:\n`, 0o644);
  context.write('etc/shadow', `root:*:1::::::\n${username}:${context.passwordHash()}:1::::::\n`);
  context.write('etc/nsswitch.conf', 'passwd: files\ngroup: files\nshadow: files\n', 0o644);
  const codes = context.write('oath', `HOTP ${username} - ${codeKey.toString('hex')}\n`);
  const asksForCode = `auth required ${oathModule()} usersfile=${codes} window=50\n`;
  context.write(
    'etc/pam.d/sshd',
    `auth required pam_unix.so nodelay\n${options.logOn === 'two-questions' ? asksForCode : ''}account required pam_permit.so\nsession required pam_permit.so\n`,
    0o644,
  );
  return join(context.folder, 'etc');
}

function methodsOf({ logOn = 'password' }: SshdOptions): string[] {
  const yes = (on: boolean) => (on ? 'yes' : 'no');
  return [
    `PasswordAuthentication ${yes(logOn === 'password')}`,
    `KbdInteractiveAuthentication ${yes(logOn === 'two-questions')}`,
    `PubkeyAuthentication ${yes(logOn === 'key')}`,
    `UsePAM ${yes(logOn === 'two-questions')}`,
  ];
}

export const sshdTraits: FtpServerTraits = {
  exactListings: true,
  // By posix-rename@openssh.com.
  renameReplaces: true,
  resumesUploads: true,
  hidesDotNames: false,
};

/** OpenSSH's server with SFTP only. Needs root: its user is known only inside a mount namespace. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const key = ssh2.utils.generateKeyPairSync('ed25519').private;
  const server = await launchFtpServer({
    name: 'OpenSSH',
    options: {},
    traits: sshdTraits,
    configure(context) {
      const authorized = context.write('authorized_keys', `${options.authorizedKey ?? ''}\n`, 0o644);
      const configuration = context.write(
        'sshd_config',
        `${[
          `Port ${context.ports.control}`,
          'ListenAddress 127.0.0.1',
          `HostKey ${context.write('host-key', key)}`,
          'PidFile none',
          'StrictModes no',
          'UseDNS no',
          'PrintMotd no',
          'MaxStartups 100:30:200',
          `AuthorizedKeysFile ${authorized}`,
          ...methodsOf(options),
          'Subsystem sftp internal-sftp',
          'ForceCommand internal-sftp',
        ].join('\n')}\n`,
      );
      const room = options.roomMegabytes;
      return [
        'sh',
        '-c',
        // Its folder in /run is there at no other time; nobody else sees this one.
        `mount --bind "$1" /etc && mount -t tmpfs tmpfs /run && mkdir /run/sshd && ${
          room === undefined
            ? ''
            : `mount -t tmpfs -o size=${room}m,uid=${account.uid},gid=${account.gid} tmpfs "$4" && `
        }exec "$2" -D -e -f "$3"`,
        'sh',
        writeEtc(context, options),
        unpacked('usr/sbin/sshd'),
        configuration,
        context.home,
      ];
    },
  });
  let codes = 0;
  return {
    ...server,
    identities: [identityOf(key, server)],
    nextCode() {
      codes += 1;
      return codeAt(codes - 1);
    },
  };
}

function identityOf(keyText: string, server: FtpServer): TrustedServer {
  const key = ssh2.utils.parseKey(keyText);
  if (key instanceof Error) throw key;
  // OpenSSH's format has room for several keys, which is what the library's type leaves out.
  const [first] = [key].flat();
  if (first === undefined) throw new Error('The host key cannot be read.');
  const { type, fingerprint } = hostKeyFacts(first.getPublicSSH());
  return {
    kind: 'host-key',
    host: server.host,
    port: server.port,
    fingerprint,
    description: type,
    addedMs: 0,
  };
}
