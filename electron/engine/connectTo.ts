import type { FtpConfiguration } from '../../shared/settings.ts';
import type { Clock } from '../platform/clock.ts';
import { createFolderTransportFactory } from '../transport/folder/folderTransportFactory.ts';
import { createFtpTransportFactory } from '../transport/ftp/ftpTransportFactory.ts';
import type { TransportFactory } from '../transport/transport.ts';

export interface ConnectOptions {
  readonly ftp: FtpConfiguration;
  readonly password: string | undefined;
  readonly clock: Clock;
  /** Takes the protocol's lines, already redacted. */
  readonly onLine?: (line: string) => void;
}

/** Chooses the adapter for the configured protocol. */
export function connectTo(options: ConnectOptions): TransportFactory {
  const { ftp, clock } = options;
  if (ftp.protocol === 'folder') return createFolderTransportFactory({ root: ftp.homeDir, clock });
  return createFtpTransportFactory({ ftp, password: options.password ?? '', clock });
}
