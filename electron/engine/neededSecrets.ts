import type { Settings } from '../../shared/settings.ts';
import { ftpPasswordKey, mailPasswordKey, type SecretKey } from '../platform/secrets/secrets.ts';

export interface NeededSecret {
  readonly key: SecretKey;
  /** As `config set` calls it. */
  readonly setting: string;
  /** In the middle of a sentence. */
  readonly what: string;
}

/** The secrets without which a site with these settings cannot log in by itself. A pure rule. */
export function neededSecrets({ ftp, mail }: Settings): readonly NeededSecret[] {
  // A key file may have a passphrase or none; whether it opens shows when the server is tried.
  const byPassword = ftp.protocol === 'ftp' || (ftp.protocol === 'sftp' && ftp.logonType !== 'key-file');
  return [
    ...(byPassword
      ? [
          {
            key: ftpPasswordKey,
            setting: 'ftp.password',
            what: 'the password of the FTP Configuration',
          } as const,
        ]
      : []),
    ...(mail.host !== '' && mail.username !== ''
      ? [{ key: mailPasswordKey, setting: 'mail.password', what: 'the password of the mail server' } as const]
      : []),
  ];
}
