import { ExchangeError } from '../../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../../shared/settings.ts';
import type { ServerIdentity } from '../../../../shared/trust.ts';
import type {
  CertificateFacts,
  ConnectStepName,
  HostKeyFacts,
  TransportFactory,
} from '../../../transport/transport.ts';

export interface Look {
  readonly server: string;
  readonly identity?: ServerIdentity;
  readonly accepted: boolean;
}

/**
 * Connects as far as the server's identity, and looks at it.
 *
 * Promise: ends before the log-in: neither username nor password is sent.
 * Errors:  cannot-connect, timed-out (retry), tls-failed (fix): what keeps it from showing an identity.
 */
export async function lookAtServer(factory: TransportFactory, ftp: FtpConfiguration): Promise<Look> {
  const enough = new AbortController();
  let shown: CertificateFacts | undefined;
  let key: HostKeyFacts | undefined;
  let reached = false;
  const server = factory.label;
  try {
    const transport = await factory.open({
      signal: enough.signal,
      onStep({ name, ok, certificate, hostKey }) {
        shown ??= certificate;
        key ??= hostKey;
        reached ||= ok && name === lastStep(ftp);
        if (reached) enough.abort();
      },
    });
    await transport.close();
    return { server, accepted: true };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    if (error.untrusted !== undefined) return { server, identity: error.untrusted, accepted: false };
    if (!reached) throw error;
    if (key !== undefined) return { server, accepted: true, identity: hostIdentityOf(key, ftp) };
    return {
      server,
      accepted: true,
      ...(shown === undefined ? {} : { identity: identityOf(shown, ftp) }),
    };
  }
}

/** The step in which the server has shown who it is. */
function lastStep({ protocol, enableSsl, implicitTls }: FtpConfiguration): ConnectStepName {
  if (protocol === 'sftp') return 'host-key';
  return enableSsl || implicitTls ? 'tls' : 'greeting';
}

function hostIdentityOf(
  { type, fingerprint }: HostKeyFacts,
  { host, port }: FtpConfiguration,
): ServerIdentity {
  return { kind: 'host-key', host, port, fingerprint, subject: type, problem: '' };
}

function identityOf(shown: CertificateFacts, { host, port }: FtpConfiguration): ServerIdentity {
  const { subject, issuer, validFromMs, validToMs, fingerprintSha256: fingerprint } = shown;
  return {
    kind: 'certificate',
    host,
    port,
    fingerprint,
    subject,
    issuer,
    validFromMs,
    validToMs,
    problem: '',
  };
}
