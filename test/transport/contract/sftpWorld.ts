import { systemClock } from '../../../electron/platform/clock.ts';
import type { AskPerson } from '../../../electron/transport/sftp/answerQuestion.ts';
import { createSftpTransportFactory } from '../../../electron/transport/sftp/sftpTransportFactory.ts';
import type { TransportFactory } from '../../../electron/transport/transport.ts';
import { type FtpConfiguration, ftpConfigurationSchema } from '../../../shared/settings.ts';
import type { TrustedServer } from '../../../shared/trust.ts';
import type { Sshd } from '../../servers/startSshd.ts';

/** An FTP Configuration for a test server; what is not given is as a person would leave it. */
export type SftpSettings = Partial<FtpConfiguration> & {
  readonly password?: string | undefined;
  readonly passphrase?: string;
  readonly agent?: string;
  readonly askPerson?: AskPerson;
  readonly trusted?: readonly TrustedServer[];
};

/** A factory for the server's account, its host keys trusted unless told otherwise. */
export function sftpFactory(
  server: Pick<Sshd, 'host' | 'port' | 'username' | 'password' | 'identities'>,
  settings: SftpSettings = {},
): TransportFactory {
  const { password, passphrase, agent, askPerson, trusted = server.identities, ...configuration } = settings;
  const ftp = ftpConfigurationSchema.parse({
    protocol: 'sftp',
    host: server.host,
    port: server.port,
    username: server.username,
    connectTimeoutSeconds: 15,
    replyTimeoutSeconds: 15,
    stallTimeoutSeconds: 15,
    ...configuration,
  });
  return createSftpTransportFactory({
    ftp,
    password: 'password' in settings ? password : server.password,
    passphrase,
    agent,
    askPerson,
    trusted,
    clock: systemClock,
  });
}
