import { ExchangeError } from '../../shared/errors.ts';
import type { FtpConfiguration } from '../../shared/settings.ts';

/** Says what an FTP Configuration lacks before anything is tried. Errors: not-configured (fix). */
export function checkServer(ftp: FtpConfiguration): void {
  const missing = missingIn(ftp);
  if (missing === undefined) return;
  throw new ExchangeError({
    code: 'not-configured',
    class: 'fix',
    message: `The FTP Configuration has no ${missing.name} yet.`,
    advice: `Set it: branchline config set ftp.${missing.key}=…`,
  });
}

function missingIn(ftp: FtpConfiguration): { readonly name: string; readonly key: string } | undefined {
  if (ftp.protocol === 'folder') return undefined;
  if (ftp.host === '') return { name: 'Host', key: 'host' };
  if (ftp.username === '') return { name: 'Username', key: 'username' };
  const needsKey = ftp.protocol === 'sftp' && ftp.logonType === 'key-file' && !ftp.useSshAgent;
  return needsKey && (ftp.keyFile ?? '') === '' ? { name: 'Key file', key: 'keyFile' } : undefined;
}

/** The server for people: scheme, user, host, port, home dir. Empty where there is none yet. */
export function serverLabel(ftp: FtpConfiguration): string {
  if (ftp.protocol === 'folder') return ftp.homeDir;
  return ftp.host === '' ? '' : `${schemeOf(ftp)} ${ftp.username}@${ftp.host}:${ftp.port} ${ftp.homeDir}`;
}

function schemeOf(ftp: FtpConfiguration): string {
  if (ftp.protocol === 'sftp') return 'sftp';
  return ftp.implicitTls ? 'ftps' : ftp.enableSsl ? 'ftp (explicit TLS)' : 'ftp';
}
