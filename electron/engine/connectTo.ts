import type { FtpConfiguration } from '../../shared/settings.ts';
import type { TrustedServer } from '../../shared/trust.ts';
import type { Clock } from '../platform/clock.ts';
import { redact } from '../platform/redact.ts';
import { withLimits } from '../transport/decorators/withLimits.ts';
import { withProtocolLog } from '../transport/decorators/withProtocolLog.ts';
import { withRetry } from '../transport/decorators/withRetry.ts';
import { createFolderTransportFactory } from '../transport/folder/folderTransportFactory.ts';
import { createFtpTransportFactory } from '../transport/ftp/ftpTransportFactory.ts';
import type { AskPerson } from '../transport/sftp/answerQuestion.ts';
import { createSftpTransportFactory } from '../transport/sftp/sftpTransportFactory.ts';
import type { TransportFactory } from '../transport/transport.ts';

export interface ConnectOptions {
  readonly ftp: FtpConfiguration;
  readonly password: string | undefined;
  /** Of the key file. */
  readonly passphrase?: string | undefined;
  /** Where the ssh-agent listens. */
  readonly agent?: string | undefined;
  /** A person who answers the server's questions; undefined in unattended work. */
  readonly askPerson?: AskPerson | undefined;
  /** Server identities that a person has trusted. */
  readonly trusted: readonly TrustedServer[];
  readonly clock: Clock;
  /** Takes a line for each call to the server. */
  readonly onLine: (line: string) => void;
}

/** The configured server: its adapter within the set rates, one fresh attempt after a lost connection, and its log. */
export function connectTo(options: ConnectOptions): TransportFactory {
  const { clock, password, passphrase, onLine } = options;
  const secrets = [password, passphrase];
  const log = { clock, write: onLine, redact: (line: string) => redact(line, secrets) };
  const { uploadKilobytesPerSecond: up, downloadKilobytesPerSecond: down } = options.ftp;
  const limits = { clock, uploadBytesPerSecond: rate(up), downloadBytesPerSecond: rate(down) };
  const limited = up > 0 || down > 0 ? withLimits(adapterFor(options), limits) : adapterFor(options);
  return withProtocolLog(withRetry(limited), log);
}

function rate(kilobytesPerSecond: number): number | undefined {
  return kilobytesPerSecond > 0 ? kilobytesPerSecond * 1000 : undefined;
}

/** Chooses the adapter for the configured protocol. */
function adapterFor(options: ConnectOptions): TransportFactory {
  const { ftp, clock, trusted } = options;
  if (ftp.protocol === 'folder') return createFolderTransportFactory({ root: ftp.homeDir, clock });
  if (ftp.protocol === 'sftp') return createSftpTransportFactory(options);
  return createFtpTransportFactory({ ftp, password: options.password ?? '', trusted, clock });
}
