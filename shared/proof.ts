import type { PasswordChange } from './contract/candidate.ts';
import type { FtpConfiguration } from './settings.ts';

/**
 * Whether a change of the FTP Configuration is to be proven before it is saved.
 *
 * - `unchanged`: nothing that reaches the server, or says who we are there, is another one.
 * - `incomplete`: something is still missing, so that nothing can be proven yet.
 * - `needed`: it is complete, and something in it changed.
 */
export type ProofNeed = 'unchanged' | 'incomplete' | 'needed';

export interface ProofQuestion {
  readonly before: FtpConfiguration;
  readonly after: FtpConfiguration;
  readonly password: PasswordChange;
  /** Of the key file. Default: it is kept. */
  readonly passphrase?: PasswordChange;
  /** Whether a password is kept now. */
  readonly hasPassword: boolean;
}

/** Settings that say whether, how much and how patiently, not where and as whom. */
const limits: ReadonlySet<string> = new Set<keyof FtpConfiguration>([
  'enabled',
  'connections',
  'uploadKilobytesPerSecond',
  'downloadKilobytesPerSecond',
  'stallTimeoutSeconds',
  'keepAliveSeconds',
]);

export function proofNeed(question: ProofQuestion): ProofNeed {
  const { before, after, password, passphrase, hasPassword } = question;
  const otherPassword = !needsKeyFile(after) && after.protocol !== 'folder' && password.do !== 'keep';
  const otherPassphrase = needsKeyFile(after) && (passphrase?.do ?? 'keep') !== 'keep';
  if (!otherPassword && !otherPassphrase && reach(before) === reach(after)) return 'unchanged';
  const willHavePassword = password.do === 'set' || (password.do === 'keep' && hasPassword);
  return missingForProof(after, willHavePassword) === undefined ? 'needed' : 'incomplete';
}

/** What the configuration still lacks before it can be proven, as its label; undefined where it is complete. */
export function missingForProof(ftp: FtpConfiguration, hasPassword: boolean): string | undefined {
  if (ftp.protocol === 'folder') return ftp.homeDir === '' || ftp.homeDir === '/' ? 'Home Dir' : undefined;
  if (ftp.host === '') return 'Host';
  if (ftp.username === '') return 'Username';
  if (needsKeyFile(ftp)) return ftp.useSshAgent || (ftp.keyFile ?? '') !== '' ? undefined : 'Key file';
  // The server asks a person for what it wants to know.
  const asksPerson = ftp.protocol === 'sftp' && ftp.logonType === 'interactive';
  return asksPerson || hasPassword ? undefined : 'Password';
}

function needsKeyFile({ protocol, logonType }: FtpConfiguration): boolean {
  return protocol === 'sftp' && logonType === 'key-file';
}

function reach(ftp: FtpConfiguration): string {
  const kept = Object.entries(ftp).filter(([key, value]) => value !== undefined && !limits.has(key));
  return JSON.stringify(kept.toSorted(([a], [b]) => a.localeCompare(b)));
}
