import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import { connect, createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { CertificateFacts } from '../transport.ts';
import { connectionLost } from '../transportErrors.ts';
import { certificateFacts, certificateProblems, judgeCertificate } from './certificateTrust.ts';
import { isTlsError, tlsFailed } from './openError.ts';

/** Certificates and versions, made once per server: parsing the public authorities costs milliseconds. */
export function makeSecureContext(ftp: FtpConfiguration): SecureContext {
  const { certificateAuthorityFile: file, minimumTlsVersion } = ftp;
  if (file === undefined) return createSecureContext({ minVersion: minimumTlsVersion });
  try {
    return createSecureContext({
      minVersion: minimumTlsVersion,
      ca: [...rootCertificates, readFileSync(file, 'utf8')],
    });
  } catch (cause) {
    throw new ExchangeError({
      code: 'invalid-settings',
      class: 'fix',
      message: `The certificate authority file cannot be used: ${file}.`,
      advice: 'Name a PEM file with the certificate of the authority that signed the server certificate.',
      cause,
    });
  }
}

export interface TlsChannelInit {
  readonly ftp: FtpConfiguration;
  readonly context: SecureContext;
  /** Fingerprints that a person has trusted for this host and port. */
  readonly trusted: readonly string[];
  readonly clock: Clock;
}

/**
 * The TLS side of one FTP connection: secures the control connection, then each data connection with the same
 * session, as vsftpd and ProFTPD demand.
 *
 * Source: RFC 4217 §7 and §10.2.
 */
export class TlsChannel {
  readonly #ftp: FtpConfiguration;
  readonly #context: SecureContext;
  readonly #trusted: readonly string[];
  readonly #clock: Clock;
  #session: Buffer | undefined;
  #controlFingerprint: string | undefined;

  constructor({ ftp, context, trusted, clock }: TlsChannelInit) {
    this.#ftp = ftp;
    this.#context = context;
    this.#trusted = trusted;
    this.#clock = clock;
  }

  /**
   * Secures the control connection and judges the certificate. `onSocket` gets the TLS socket at once: from
   * then on only that one may be destroyed, never the one below (Node 24 dies of a segmentation fault).
   *
   * Errors: untrusted (trust), tls-failed (fix), connection-lost (retry).
   */
  async secureControl(
    raw: Socket,
    onSocket: (socket: TLSSocket) => void,
    onFacts: (facts: CertificateFacts | undefined, socket: TLSSocket) => void,
  ): Promise<TLSSocket> {
    const socket = await this.#handshake(raw, onSocket);
    // Asked for once: Node may answer a second time with nothing.
    const shown = socket.getPeerX509Certificate();
    onFacts(shown === undefined ? undefined : certificateFacts(shown), socket);
    const verdict = this.#judge(socket, shown);
    if (verdict !== undefined) {
      socket.destroy();
      throw verdict;
    }
    this.#controlFingerprint = shown?.fingerprint256;
    return socket;
  }

  /** Secures a data connection. A resumed session proves that it is the same server; else its certificate must. */
  async secureData(raw: Socket, onSocket: (socket: TLSSocket) => void): Promise<TLSSocket> {
    const socket = await this.#handshake(raw, onSocket);
    if (socket.isSessionReused()) return socket;
    const shown = socket.getPeerX509Certificate();
    if (shown !== undefined && shown.fingerprint256 === this.#controlFingerprint) return socket;
    const verdict = this.#judge(socket, shown);
    if (verdict === undefined) return socket;
    socket.destroy();
    throw verdict;
  }

  #judge(socket: TLSSocket, shown: X509Certificate | undefined): ExchangeError | undefined {
    const { host, port } = this.#ftp;
    const facts = shown === undefined ? undefined : certificateFacts(shown);
    const problems = certificateProblems(socket, shown, host, this.#clock.now());
    return judgeCertificate({ host, port, facts, problems, trusted: this.#trusted });
  }

  #handshake(raw: Socket, onSocket: (socket: TLSSocket) => void): Promise<TLSSocket> {
    const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
    const { host } = this.#ftp;
    const socket = connect({
      socket: raw,
      secureContext: this.#context,
      // The same identity on both channels: Node binds a session to the host that it was made for.
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      // Judged by ourselves right after the handshake, before anything is sent.
      rejectUnauthorized: false,
      ...(this.#session === undefined ? {} : { session: this.#session }),
    });
    socket.on('session', (session) => {
      // TLS 1.3 tickets are for one use; each connection brings new ones. In TLS 1.2 ProFTPD wants the control
      // connection's own session each time, not one that a data connection brought.
      if (this.#session === undefined || socket.getProtocol() === 'TLSv1.3') this.#session = session;
    });
    socket.on('error', (error) => reject(handshakeError(error)));
    socket.once('close', () => reject(connectionLost('The connection broke while TLS was being set up.')));
    socket.once('secureConnect', () => {
      this.#session ??= socket.getSession();
      resolve(socket);
    });
    // Last, so that the listeners here hear of an error first and tell it best.
    onSocket(socket);
    return promise;
  }
}

function handshakeError(error: Error): ExchangeError {
  return isTlsError(error)
    ? tlsFailed(error)
    : connectionLost('The connection broke while TLS was being set up.', error);
}
