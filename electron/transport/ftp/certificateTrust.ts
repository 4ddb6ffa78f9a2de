import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { certificateProblem } from '../../../shared/certificateProblems.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { ServerIdentity, TrustedServer } from '../../../shared/trust.ts';
import type { CertificateFacts } from '../transport.ts';

/** What people are told of a certificate. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFromMs: certificate.validFromDate.getTime(),
    validToMs: certificate.validToDate.getTime(),
    fingerprintSha256: certificate.fingerprint256,
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '')
    .replaceAll('\n', ', ')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 500);
}

/**
 * The fingerprints that a person has trusted for this host and port. The setting `ftp.pinnedFingerprintSha256` is
 * one more of them, for the server that is configured beside it.
 */
export function trustedFingerprints(
  { host, port, pinnedFingerprintSha256: pinned }: FtpConfiguration,
  trusted: readonly TrustedServer[],
): readonly string[] {
  const here = trusted.filter(
    (entry) =>
      entry.kind === 'certificate' && entry.port === port && entry.host.toLowerCase() === host.toLowerCase(),
  );
  return [...here.map(({ fingerprint }) => fingerprint), ...(pinned === undefined ? [] : [pinned])];
}

export interface TrustQuestion {
  readonly host: string;
  readonly port: number;
  readonly facts: CertificateFacts | undefined;
  /** What is wrong with it, as codes of Node and OpenSSL; none where chain, dates and name are all right. */
  readonly problems: readonly string[];
  /** The fingerprints that are trusted here; where there are any, only they are. */
  readonly trusted: readonly string[];
}

/**
 * What is wrong with the certificate of a finished handshake. Node tells only the first thing it stumbles over; a
 * person who is to decide is told of the dates and the name as well.
 */
export function certificateProblems(
  socket: TLSSocket,
  certificate: X509Certificate | undefined,
  host: string,
  nowMs: number,
): readonly string[] {
  if (socket.authorized || certificate === undefined) return [];
  // Typed as an Error, but a string (the code) at run time.
  const problems = [String(socket.authorizationError)];
  // OpenSSL keeps the last trouble it met, which for an expired certificate is not who vouches for it.
  if (certificate.subject === certificate.issuer) problems.unshift('DEPTH_ZERO_SELF_SIGNED_CERT');
  if (certificate.validToDate.getTime() < nowMs) problems.push('CERT_HAS_EXPIRED');
  if (certificate.validFromDate.getTime() > nowMs) problems.push('CERT_NOT_YET_VALID');
  const isItsName = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
  if (isItsName === undefined) problems.push('ERR_TLS_CERT_ALTNAME_INVALID');
  return [...new Set(problems)];
}

/**
 * Undefined where the certificate is to be trusted. Otherwise the error (`untrusted`, class trust), in plain words and
 * with the identity, so that a person can decide.
 *
 * Promise: strict: where a person has trusted a certificate of this host and port, no other one is accepted, also
 *          one that a public authority vouches for. Where nobody has, one that is valid by a public authority or
 *          the configured one needs no question.
 */
export function judgeCertificate(question: TrustQuestion): ExchangeError | undefined {
  const { host, port, facts, problems, trusted } = question;
  if (facts === undefined) {
    return untrusted(
      'The server shows no certificate.',
      'Ask the FTP provider how the server proves who it is.',
    );
  }
  const { fingerprintSha256: fingerprint } = facts;
  const [known] = trusted;
  if (known === undefined ? problems.length === 0 : trusted.includes(fingerprint)) return undefined;
  const wrong = inWords(problems, host);
  const identity: ServerIdentity = {
    kind: 'certificate',
    host,
    port,
    fingerprint,
    subject: facts.subject,
    issuer: facts.issuer,
    validFromMs: facts.validFromMs,
    validToMs: facts.validToMs,
    problem: known === undefined ? wrong : `${changedWords} ${wrong}`,
    ...(known === undefined ? {} : { trustedFingerprint: known }),
  };
  const shown = `Its SHA-256 fingerprint is ${fingerprint}.`;
  if (known !== undefined) {
    return untrusted(
      `The certificate of ${host} port ${port} has changed. ${changedWords} ${wrong} ${shown} The trusted one was ${known}.`,
      'Somebody may be between you and the server. Trust the new one only when the FTP provider confirms it: Test Connection in the FTP Configuration, or branchline trust add.',
      identity,
    );
  }
  const advice = problems.includes('ERR_TLS_CERT_ALTNAME_INVALID')
    ? 'Use the name that the certificate was issued for as Host. Or compare the fingerprint with the one that the FTP provider tells you, then trust it: Test Connection in the FTP Configuration, or branchline trust add.'
    : 'Compare the fingerprint with the one that the FTP provider tells you, then trust it: Test Connection in the FTP Configuration, or branchline trust add. Or name the file of the authority that signed it.';
  return untrusted(
    `The certificate of ${host} port ${port} cannot be trusted: ${wrong} ${shown}`,
    advice,
    identity,
  );
}

const changedWords = 'It is not the one that was trusted here.';

function untrusted(message: string, advice: string, identity?: ServerIdentity): ExchangeError {
  return new ExchangeError({ code: 'untrusted', class: 'trust', message, advice, untrusted: identity });
}

function inWords(problems: readonly string[], host: string): string {
  if (problems.length === 0) return 'A known authority vouches for the new one, which is not enough here.';
  const words = problems.map((problem) => certificateProblem(problem, host));
  return `${words.join('; ')}.`.replace(/^./, (first) => first.toUpperCase());
}
