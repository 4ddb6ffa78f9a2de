import { ExchangeError } from '../../shared/errors.ts';
import type { FtpConfiguration } from '../../shared/settings.ts';
import type { CheckOptions } from './engine.ts';
import type { SecretBox } from './secretBoxes.ts';

interface Credentials {
  readonly password: string | undefined;
  readonly passphrase: string | undefined;
}

/** The saved secrets that a configuration needs, or those of a candidate. What it does not need is not asked for. */
export async function credentialsFor(
  ftp: FtpConfiguration,
  saved: { readonly password: SecretBox; readonly passphrase: SecretBox },
  candidate: CheckOptions['candidate'],
): Promise<Credentials> {
  const byKey = ftp.protocol === 'sftp' && ftp.logonType === 'key-file';
  const typedPassword = candidate !== undefined && candidate.keepPassword !== true;
  const typedPassphrase = candidate !== undefined && candidate.keepPassphrase !== true;
  // A key file without a passphrase has to work where no place for secrets is to be had.
  const password = byKey ? () => whereAvailable(saved.password) : () => saved.password.get();
  return {
    password: typedPassword ? candidate.password : await password(),
    passphrase: !byKey
      ? undefined
      : typedPassphrase
        ? candidate.passphrase
        : await whereAvailable(saved.passphrase),
  };
}

async function whereAvailable(box: SecretBox): Promise<string | undefined> {
  try {
    return await box.get();
  } catch (error) {
    if (error instanceof ExchangeError && error.code === 'secrets-unavailable') return undefined;
    throw error;
  }
}

/** Where the ssh-agent listens: on Windows OpenSSH's own, unless the variable says otherwise. */
export function agentAddress(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const { SSH_AUTH_SOCK: named } = env;
  if (named !== undefined && named !== '') return named;
  return platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}
