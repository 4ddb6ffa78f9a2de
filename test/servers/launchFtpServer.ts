import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverFolder } from '../../build/setup/serverFolder.ts';
import type { FtpServerOptions, FtpServerTraits, PausableServer } from './ftpServer.ts';
import { type PortBlock, reservePorts } from './reservePorts.ts';
import { superviseProcess, waitUntilServing } from './superviseProcess.ts';
import { type TestCertificate, testCertificate } from './testCertificate.ts';

/** The account of every test server. No such user exists on the machine; 2000 is only a number. */
export const account = {
  username: 'branch',
  password: 'open sesame Cn4ry7q9Zx',
  uid: 2000,
  gid: 2000,
} as const;

/** A path below the folder into which the servers' packages were unpacked. */
export function unpacked(path: string): string {
  return join(serverFolder, path);
}

// Only the servers' own programs get it: the unpacked libraries are not for the rest of the machine.
const libraryPath = `${unpacked('usr/lib/x86_64-linux-gnu')}:${unpacked('usr/lib/aarch64-linux-gnu')}`;

/** Runs one of the servers' tools and waits for it. */
export function runUnpacked(program: string, args: readonly string[]): void {
  const env = { ...process.env, LD_LIBRARY_PATH: libraryPath };
  execFileSync(unpacked(program), args, { stdio: 'pipe', env, timeout: 30_000 });
}

/** What a server's configuration is made from. */
export interface LaunchContext {
  /** A temporary folder, for configuration and logs. */
  readonly folder: string;
  readonly home: string;
  readonly ports: PortBlock;
  readonly certificate: TestCertificate;
  /** Writes a file into `folder` and returns its path. */
  write(name: string, text: string, mode?: number): string;
  /** The account's password as crypt(3) hashes it. */
  passwordHash(): string;
}

export interface LaunchPlan {
  readonly name: string;
  readonly options: FtpServerOptions;
  readonly traits: FtpServerTraits;
  /** Writes the configuration and returns the command line. */
  configure(context: LaunchContext): readonly string[];
}

function openSslConfiguration(version: 'TLSv1.2' | 'TLSv1.3'): string {
  return [
    'openssl_conf = main',
    '[main]\nssl_conf = modules',
    '[modules]\nsystem_default = limits',
    `[limits]\nMinProtocol = ${version}\nMaxProtocol = ${version}\nCipherString = DEFAULT`,
    '',
  ].join('\n');
}

// Folders of servers that nobody stopped: a test that failed in its set-up leaves nothing behind.
const foldersInUse = new Set<string>();
process.once('exit', () => {
  for (const folder of foldersInUse) rmSync(folder, { recursive: true, force: true });
});

function prepare(ports: PortBlock): LaunchContext {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-server-'));
  foldersInUse.add(folder);
  // The session runs as another user and has to get through to its home.
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  mkdirSync(home);
  if (process.getuid?.() === 0) chownSync(home, account.uid, account.gid);
  return {
    folder,
    home,
    ports,
    certificate: testCertificate(),
    write(name, text, mode = 0o600) {
      const path = join(folder, name);
      writeFileSync(path, text, { mode });
      return path;
    },
    passwordHash: () =>
      execFileSync('openssl', ['passwd', '-6', '-stdin'], {
        input: account.password,
        encoding: 'utf8',
      }).trim(),
  };
}

/** Starts a server by its plan: ports, folder, certificate, supervision, readiness. */
export async function launchFtpServer(plan: LaunchPlan): Promise<PausableServer> {
  const ports = await reservePorts();
  const context = prepare(ports);
  const { tlsVersion } = plan.options;
  const command = plan.configure(context);
  const env = {
    LD_LIBRARY_PATH: libraryPath,
    PYTHONPATH: unpacked('usr/lib/python3/dist-packages'),
    PYTHONDONTWRITEBYTECODE: '1',
    ...(tlsVersion === undefined
      ? {}
      : { OPENSSL_CONF: context.write('openssl.cnf', openSslConfiguration(tlsVersion), 0o644) }),
  };
  let supervised = superviseProcess(command, env);
  const stop = async () => {
    await supervised.stop();
    await ports.release();
    rmSync(context.folder, { recursive: true, force: true });
    foldersInUse.delete(context.folder);
  };
  try {
    await waitUntilServing(supervised, ports.control);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: plan.name,
    host: '127.0.0.1',
    port: ports.control,
    username: account.username,
    password: account.password,
    homeOnDisk: context.home,
    certificateFile: context.certificate.certificateFile,
    fingerprintSha256: context.certificate.fingerprintSha256,
    traits: plan.traits,
    pause: () => supervised.stop(),
    async resume() {
      supervised = superviseProcess(command, env);
      await waitUntilServing(supervised, ports.control);
    },
    stop,
  };
}
