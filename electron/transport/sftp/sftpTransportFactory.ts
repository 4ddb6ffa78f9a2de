import { cancelledError, ExchangeError, throwIfCancelled } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { TrustedServer } from '../../../shared/trust.ts';
import type { Clock } from '../../platform/clock.ts';
import { stepReporter } from '../connectSteps.ts';
import { type ResolveHost, resolveBySystem } from '../reachServer.ts';
import type { CallOptions, ConnectStep, TransportFactory } from '../transport.ts';
import type { AskPerson } from './answerQuestion.ts';
import { enterHome, homePrefix } from './enterHome.ts';
import { openSsh } from './openSsh.ts';
import type { SftpKnowledge, SftpSession } from './sftpSession.ts';
import { SftpTransport } from './sftpTransport.ts';
import { SshConnection } from './sshConnection.ts';

export interface SftpTransportFactoryOptions {
  readonly ftp: FtpConfiguration;
  readonly password: string | undefined;
  /** Of the key file. */
  readonly passphrase?: string | undefined;
  /** Where the ssh-agent listens: SSH_AUTH_SOCK, or a named pipe. */
  readonly agent?: string | undefined;
  /** A person who answers the server's questions; left out for unattended work. */
  readonly askPerson?: AskPerson | undefined;
  readonly trusted: readonly TrustedServer[];
  readonly clock: Clock;
  readonly resolveHost?: ResolveHost;
}

/**
 * Connections to the SFTP server of an FTP Configuration.
 *
 * Promise: a host key that no person has trusted for this host and port ends the opening before anything about the
 *          account is sent. Home Dir '' and '/' are both the directory that the log-in leads to.
 */
export function createSftpTransportFactory(options: SftpTransportFactoryOptions): TransportFactory {
  const { ftp, password, passphrase, agent, askPerson, trusted, clock } = options;
  const { resolveHost = resolveBySystem } = options;
  const knowledge: SftpKnowledge = { posixRename: undefined, freeBytes: true };
  return {
    label: labelOf(ftp),
    async open({ signal, onStep }: CallOptions & { readonly onStep?: (step: ConnectStep) => void } = {}) {
      throwIfCancelled(signal);
      const connection = new SshConnection(`${ftp.host} port ${ftp.port}`);
      const cancel = () => connection.fail(cancelledError());
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const runStep = stepReporter(clock, onStep);
        const { sftp, greeting } = await openSsh({
          ftp,
          password,
          passphrase,
          agent,
          askPerson,
          trusted,
          clock,
          connection,
          resolveHost,
          runStep,
        });
        const session: SftpSession = {
          ftp,
          clock,
          connection,
          sftp,
          knowledge,
          keepsOrder: /^SSH-2\.0-OpenSSH/.test(greeting),
          home: homePrefix(ftp.homeDir),
        };
        await runStep('home', (notes) => enterHome(session, onStep !== undefined, notes));
        return new SftpTransport(session);
      } catch (error) {
        const { failure } = connection;
        connection.fail(
          error instanceof ExchangeError ? error : cancelledError('The connection was given up.'),
        );
        throw failure?.class === 'cancelled' ? failure : error;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}

function labelOf(ftp: FtpConfiguration): string {
  const host = ftp.host.includes(':') ? `[${ftp.host}]` : ftp.host;
  const home = ftp.homeDir.startsWith('/') ? ftp.homeDir : `/${ftp.homeDir}`;
  return `sftp://${encodeURIComponent(ftp.username)}@${host}:${ftp.port}${home}`;
}
