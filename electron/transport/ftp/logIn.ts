import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RunStep } from '../connectSteps.ts';
import type { ControlConnection } from './controlConnection.ts';
import { isRefusal, isSuccess } from './ftpReply.ts';
import type { ServerKnowledge } from './ftpSession.ts';
import { parsePwdReply } from './inFolder.ts';
import { homeError, loginError, tlsRefused } from './openError.ts';
import { parseFeatures, type ServerFeatures, unknownFeatures } from './serverFeatures.ts';

/** How long the answer to FEAT is believed for further connections to the same server. */
const featuresKeptMs = 60 * 60 * 1000;

export interface LogInInit {
  readonly ftp: FtpConfiguration;
  readonly password: string;
  readonly clock: Clock;
  readonly control: ControlConnection;
  readonly encrypted: boolean;
  readonly knowledge: ServerKnowledge;
  /** Somebody watches the steps: the home directory's name is worth a question. */
  readonly watched: boolean;
  readonly runStep: RunStep;
}

/**
 * Logs in, protects the data connections, learns the features and enters the home directory: USER, PASS,
 * PBSZ, PROT, FEAT (first connection only), CWD, and nothing else, because each costs a round trip.
 *
 * Errors: login-refused, too-many-connections, tls-failed, home-not-found.
 */
export async function logIn(init: LogInInit): Promise<ServerFeatures> {
  const { ftp, control, encrypted, runStep } = init;
  await runStep('login', async (notes) => {
    await sendCredentials(init);
    if (encrypted) await protectData(control);
    notes.detail = `as ${ftp.username}`;
  });
  const features = await learnFeatures(init);
  await runStep('home', async (notes) => {
    await enterHome(ftp.homeDir, control);
    notes.detail = init.watched ? await describeHome(control) : ftp.homeDir;
  });
  return features;
}

async function sendCredentials({ ftp, password, control }: LogInInit): Promise<void> {
  if (/[\r\n\0]/.test(ftp.username + password)) throw unsendable();
  const { username } = ftp;
  if (/[^\p{ASCII}]/u.test(username + password)) await control.request('OPTS UTF8 ON');
  let reply = await control.request(`USER ${username}`);
  if (reply.code === 331) reply = await control.request(`PASS ${password}`);
  if (!isSuccess(reply)) throw loginError(reply, control.quote(reply));
}

async function protectData(control: ControlConnection): Promise<void> {
  // PBSZ has no meaning over TLS, but RFC 4217 §9 wants it before PROT; only PROT decides.
  await control.request('PBSZ 0');
  const reply = await control.request('PROT P');
  if (!isSuccess(reply)) throw tlsRefused(control.quote(reply));
}

async function learnFeatures({ control, clock, knowledge }: LogInInit): Promise<ServerFeatures> {
  const known = knowledge.features;
  if (known !== undefined && clock.monotonic() - known.atMs < featuresKeptMs) return known.value;
  const reply = await control.request('FEAT');
  const value = isRefusal(reply) ? unknownFeatures : parseFeatures(reply.text);
  knowledge.features = { value, atMs: clock.monotonic() };
  knowledge.listsExactly = undefined;
  knowledge.utf8Refused = false;
  return value;
}

/**
 * '' and '/' are the directory that the log-in leads to: with accounts that are locked into a directory both
 * are the same, and with others nobody means the root of the server's disk. Anything longer is entered as it
 * is written: from the root with a leading `/`, otherwise from the log-in directory.
 */
async function enterHome(homeDir: string, control: ControlConnection): Promise<void> {
  const folder = homeDir.replace(/\/+$/, '');
  if (folder === '') return;
  const reply = await control.request(`CWD ${folder}`);
  if (!isSuccess(reply)) throw homeError(homeDir, control.quote(reply));
}

async function describeHome(control: ControlConnection): Promise<string> {
  return parsePwdReply((await control.request('PWD')).text)?.slice(0, 500) ?? 'the log-in directory';
}

function unsendable(): ExchangeError {
  return new ExchangeError({
    code: 'login-refused',
    class: 'fix',
    message: 'Username or password contain a line break, which FTP cannot carry.',
    advice: 'Enter the password again.',
  });
}
