import type { TLSSocket } from 'node:tls';
import { ExchangeError } from '../../../shared/errors.ts';
import type { CertificateFacts } from '../transport.ts';

/** The certificate that the server showed; undefined where it showed none. */
export function certificateFacts(socket: TLSSocket): CertificateFacts | undefined {
  // Typed as always there, but an empty object when the server showed none.
  const certificate: Partial<ReturnType<TLSSocket['getPeerCertificate']>> = socket.getPeerCertificate();
  const { fingerprint256, valid_from: from, valid_to: to } = certificate;
  const raw = socket.getPeerX509Certificate();
  if (fingerprint256 === undefined || from === undefined || to === undefined || raw === undefined)
    return undefined;
  return {
    subject: oneLine(raw.subject),
    issuer: oneLine(raw.issuer),
    validFromMs: raw.validFromDate.getTime(),
    validToMs: raw.validToDate.getTime(),
    fingerprintSha256: fingerprint256,
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '')
    .replaceAll('\n', ', ')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 500);
}

export interface TrustQuestion {
  readonly host: string;
  readonly facts: CertificateFacts | undefined;
  /** Node's verdict: undefined where the chain, the dates and the name are all right. */
  readonly problem: string | undefined;
  readonly pinned: string | undefined;
}

/**
 * Undefined where the certificate is to be trusted: it has the pinned fingerprint, or it is valid by a public
 * authority or the configured one. Otherwise the error (`untrusted`, class trust), in plain words.
 */
export function judgeCertificate(question: TrustQuestion): ExchangeError | undefined {
  const { facts, pinned, problem, host } = question;
  if (facts === undefined) return untrusted('The server shows no certificate.', '');
  if (pinned !== undefined && facts.fingerprintSha256 === pinned) return undefined;
  if (problem === undefined) return undefined;
  const fingerprint = `Its SHA-256 fingerprint is ${facts.fingerprintSha256}.`;
  if (pinned !== undefined) {
    return untrusted(
      `The server's certificate is not the pinned one, and it is not valid otherwise: ${inWords(problem, host)} ${fingerprint}`,
      `If the provider confirms that the certificate was changed, pin the new fingerprint. The pinned one was ${pinned}.`,
    );
  }
  return untrusted(
    `The server's certificate cannot be trusted: ${inWords(problem, host)} ${fingerprint}`,
    problem === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? 'Use the name that the certificate was issued for as Host; or, if the provider confirms the fingerprint, pin it.'
      : 'Compare the fingerprint with the one that the provider tells you, then pin it; or name the CA file that signed it.',
  );
}

function untrusted(message: string, advice: string): ExchangeError {
  return new ExchangeError({ code: 'untrusted', class: 'trust', message, advice });
}

function inWords(problem: string, host: string): string {
  switch (problem) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'it is self-signed: no authority vouches for it.';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'it was issued by an authority that is not known here.';
    case 'CERT_HAS_EXPIRED':
      return 'it has expired.';
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet (is the clock of this machine right?).';
    case 'CERT_REVOKED':
      return 'it was revoked.';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `it was issued for another name than ${host}.`;
    default:
      return `it did not pass the check (${problem.slice(0, 100)}).`;
  }
}
