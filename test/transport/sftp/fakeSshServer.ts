import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection, type SFTPWrapper } from 'ssh2';
import { onTestFinished } from 'vitest';
import { hostKeyFacts } from '../../../electron/transport/sftp/hostKey.ts';
import type { TrustedServer } from '../../../shared/trust.ts';

export interface FakeSshOptions {
  readonly hostKeys?: readonly string[];
  /** The port of a server that was stopped. */
  readonly port?: number;
  /** What follows `SSH-2.0-` in its first line. */
  readonly ident?: string;
  /** Lets in, refuses or asks. Left out: everybody is let in. */
  logOn?(context: AuthContext): void;
  /** Answers the requests of an SFTP session. Left out: the server is silent. */
  serve?(sftp: SFTPWrapper): void;
}

/** A server that does what a test says, and remembers every attempt to log in. */
export interface FakeSshServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly username: 'branch';
  readonly password: 'open sesame 42';
  /** `none`, `password branch`, …: what it was shown of the account, in order. */
  readonly attempts: readonly string[];
  /** What a person would trust. */
  readonly identities: readonly TrustedServer[];
  stop(): Promise<void>;
}

export function newHostKey(type: 'ed25519' | 'rsa' = 'ed25519'): string {
  return type === 'rsa'
    ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).private
    : ssh2.utils.generateKeyPairSync('ed25519').private;
}

export async function startFakeSshServer(options: FakeSshOptions = {}): Promise<FakeSshServer> {
  const { hostKeys = [newHostKey()], port = 0, ident, logOn, serve } = options;
  const attempts: string[] = [];
  const connections = new Set<Connection>();
  const server = new ssh2.Server(
    { hostKeys: [...hostKeys], ...(ident === undefined ? {} : { ident }) },
    (client) => {
      connections.add(client);
      client.on('error', () => undefined);
      client.on('close', () => connections.delete(client));
      client.on('authentication', (context) => {
        attempts.push(`${context.method} ${context.username}`);
        if (logOn === undefined) context.accept();
        else logOn(context);
      });
      client.on('session', (accept) => {
        accept().on('sftp', (acceptSftp) => serve?.(acceptSftp()));
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  // Listening on TCP, it has an address with a port.
  const listening = (server.address() as AddressInfo).port;
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    for (const client of connections) client.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(stop);
  return {
    host: '127.0.0.1',
    port: listening,
    username: 'branch',
    password: 'open sesame 42',
    attempts,
    identities: hostKeys.map((text) => identityOf(text, listening)),
    stop,
  };
}

export function identityOf(keyText: string, port: number): TrustedServer {
  const parsed = ssh2.utils.parseKey(keyText);
  if (parsed instanceof Error) throw parsed;
  const [key] = [parsed].flat();
  if (key === undefined) throw new Error('The host key cannot be read.');
  const { type, fingerprint } = hostKeyFacts(key.getPublicSSH());
  return { kind: 'host-key', host: '127.0.0.1', port, fingerprint, description: type, addedMs: 0 };
}

/** Accepts one method with one check, and names what is offered to everybody else. */
export function only(
  method: AuthContext['method'],
  accepts: (context: AuthContext) => boolean,
): (context: AuthContext) => void {
  return (context) => {
    if (context.method === method && accepts(context)) context.accept();
    else context.reject([method]);
  };
}

/** Asks rounds of questions by keyboard-interactive; lets in when all answers are right. */
export function asking(
  rounds: readonly {
    readonly name?: string;
    readonly instructions?: string;
    readonly prompts: readonly { readonly prompt: string; readonly echo: boolean }[];
    readonly right: readonly string[];
  }[],
): (context: AuthContext) => void {
  return (context) => {
    if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
    const ask = (index: number) => {
      const round = rounds[index];
      if (round === undefined) return context.accept();
      context.prompt([...round.prompts], round.name ?? '', round.instructions ?? '', (answers) => {
        if (JSON.stringify(answers) === JSON.stringify(round.right)) ask(index + 1);
        else context.reject(['keyboard-interactive']);
      });
    };
    ask(0);
  };
}

/** An SFTP session that knows its home directory. */
export function atHome(sftp: SFTPWrapper): void {
  sftp.on('REALPATH', (id) =>
    sftp.name(id, [{ filename: '/home/branch', longname: '', attrs: noAttributes }]),
  );
}

/** Servers need not tell anything of a file; the library's type wants all of it. */
const noAttributes = { mode: 0x41ed, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
