import type { SFTPWrapper } from 'ssh2';
import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { TrustedServer } from '../../../shared/trust.ts';
import type { Clock } from '../../platform/clock.ts';
import { connectTimedOut } from '../connectError.ts';
import type { RunStep } from '../connectSteps.ts';
import { inTime } from '../inTime.ts';
import { reachInSteps } from '../reachInSteps.ts';
import type { ResolveHost } from '../reachServer.ts';
import type { HostKeyFacts } from '../transport.ts';
import { hostKeyFacts, hostKeyOrder, judgeHostKey, trustedHostKeys } from './hostKey.ts';
import { LogOn, type LogOnInit } from './logOn.ts';
import type { SshConnection } from './sshConnection.ts';
import { plainWords } from './sshError.ts';

export interface OpenSshInit extends LogOnInit {
  readonly ftp: FtpConfiguration;
  readonly clock: Clock;
  readonly connection: SshConnection;
  readonly trusted: readonly TrustedServer[];
  readonly resolveHost: ResolveHost;
  readonly runStep: RunStep;
}

/** What was learned about the server on the way. */
export interface OpenedSsh {
  readonly sftp: SFTPWrapper;
  /** The server's first line: `SSH-2.0-OpenSSH_9.2p1`. */
  readonly greeting: string;
}

/**
 * From a host name to an SFTP session of a logged-in account.
 *
 * Promise: nothing about the account is sent before the host key was found to be a trusted one.
 * Errors:  cannot-connect, timed-out, bad-reply (retry), untrusted (trust), handshake-failed, login-refused,
 *          needs-person, no-sftp (fix), too-many-connections (busy).
 */
export async function openSsh(init: OpenSshInit): Promise<OpenedSsh> {
  const { ftp, clock, connection, resolveHost, runStep } = init;
  await reachInSteps({ ftp, clock, connection, resolveHost, runStep });
  const late = () => connectTimedOut(`${ftp.host} port ${ftp.port} (SSH)`, ftp.connectTimeoutSeconds);
  const inConnectTime = <T>(work: Promise<T>) =>
    inTime(clock, ftp.connectTimeoutSeconds, connection.orFailure(work), late);

  const { greeted, keyed, loggedIn } = startSsh(init);
  const greeting = await runStep('greeting', async (notes) => {
    notes.detail = await inConnectTime(greeted);
    return notes.detail;
  });
  await runStep('host-key', async (notes) => {
    const facts = await inConnectTime(keyed);
    notes.hostKey = facts;
    notes.detail = `${facts.type} ${facts.fingerprint}`;
  });
  await runStep('login', async (notes) => {
    await connection.orFailure(loggedIn);
    notes.detail = `as ${ftp.username}`;
  });
  const sftp = await startSftp(init);
  connection.phase = 'open';
  return { sftp, greeting };
}

/** Hands the connected socket to the SSH library; the promises resolve in this order. */
function startSsh(init: OpenSshInit) {
  const { ftp, connection, trusted } = init;
  const { client, socket } = connection;
  const greeted = Promise.withResolvers<string>();
  const keyed = Promise.withResolvers<HostKeyFacts>();
  const loggedIn = Promise.withResolvers<void>();
  const logOn = new LogOn(init);
  let shown: HostKeyFacts | undefined;
  client.once('handshake', () => {
    if (shown !== undefined) keyed.resolve(shown);
  });
  client.once('ready', () => {
    logOn.end();
    loggedIn.resolve();
  });
  client.connect({
    sock: socket,
    username: ftp.username,
    // Our own clock measures the steps.
    readyTimeout: 0,
    algorithms: { serverHostKey: hostKeyOrder(trustedHostKeys(trusted, ftp.host, ftp.port)) },
    // Asked again whenever the keys are renewed: the server has to stay the same.
    hostVerifier: (key: Buffer) => {
      shown = hostKeyFacts(key);
      const verdict = judgeHostKey({ host: ftp.host, port: ftp.port, facts: shown, trusted });
      if (verdict !== undefined) connection.fail(verdict);
      return verdict === undefined;
    },
    // Typed without the null that the library gives at first.
    authHandler: (offered: readonly string[] | null, partial: boolean | null, next) => {
      const method = logOn.next(offered, partial);
      if (method !== false) next(method);
    },
  });
  readGreeting(init, (line) => {
    connection.phase = 'host-key';
    greeted.resolve(line);
  });
  return { greeted: greeted.promise, keyed: keyed.promise, loggedIn: loggedIn.promise };
}

/** Nobody greets at greater length. The SSH library has bounds of its own. */
const longestGreeting = 64 * 1024;

/** Reads along until the server's identification line. The SSH library reads the same bytes itself. */
function readGreeting({ connection }: OpenSshInit, found: (line: string) => void): void {
  let text = '';
  const listen = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const line = /^(SSH-[^\r\n]*)\r?\n/m.exec(text)?.[1];
    if (line === undefined && text.length < longestGreeting) return;
    connection.socket.removeListener('data', listen);
    if (line !== undefined) found(plainWords(line));
  };
  connection.socket.on('data', listen);
}

async function startSftp({ connection, clock, ftp }: OpenSshInit): Promise<SFTPWrapper> {
  const { promise, resolve, reject } = Promise.withResolvers<SFTPWrapper>();
  if (connection.failure !== undefined) throw connection.failure;
  connection.client.sftp((error, sftp) => {
    if (error === undefined) resolve(sftp);
    else reject(connection.failure ?? noSftp(error));
  });
  const late = () => connectTimedOut(`SFTP at ${ftp.host}`, ftp.replyTimeoutSeconds);
  const sftp = await inTime(clock, ftp.replyTimeoutSeconds, connection.orFailure(promise), late);
  const ended = (error?: Error) =>
    connection.fail(connection.explain(error ?? new Error('The server ended the SFTP session.')));
  sftp.on('error', ended);
  sftp.on('end', () => ended());
  sftp.on('close', () => ended());
  return sftp;
}

function noSftp(cause: Error): ExchangeError {
  const words = plainWords(cause.message);
  return new ExchangeError({
    code: 'no-sftp',
    class: 'fix',
    message: `The log-in worked, but the server offers no SFTP to this account (${words}).`,
    advice: 'Ask the provider to turn on SFTP for this account.',
    cause,
  });
}
