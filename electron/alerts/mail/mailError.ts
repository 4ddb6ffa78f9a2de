import { certificateProblem } from '../../../shared/certificateProblems.ts';
import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import { redact } from '../../platform/redact.ts';

/** How much of a mail server's words is quoted. */
const longestQuote = 300;

/** The parts of an error that nodemailer and Node put there; all of them may be missing. */
interface MailFault {
  readonly message: string;
  readonly code: string;
  readonly responseCode: number | undefined;
  readonly response: string;
  readonly cause: MailFault | undefined;
}

export interface MailTarget {
  readonly host: string;
  readonly port: number;
  /** Taken out of what the server says. */
  readonly secrets: readonly (string | undefined)[];
}

/**
 * What went wrong with an e-mail, in plain words.
 *
 * Errors returned: `mail-unreachable`, `mail-timed-out`, `mail-refused-now` (retry); `mail-login-refused`,
 *                  `mail-tls-failed`, `mail-refused`, `mail-file` (fix); `mail-untrusted` (trust).
 */
export function mailError(error: unknown, target: MailTarget): ExchangeError {
  const fault = faultOf(error);
  const make = (
    code: string,
    errorClass: ErrorReport['class'],
    message: string,
    advice: string,
  ): ExchangeError => new ExchangeError({ code, class: errorClass, message, advice, cause: error });
  const place = `${target.host}:${target.port}`;
  const said = quote(fault.response === '' ? fault.message : fault.response, target.secrets);

  const problem = certificateVerdict(fault);
  if (problem !== undefined) {
    return make(
      'mail-untrusted',
      'trust',
      `The certificate of the mail server ${target.host} cannot be trusted: ${certificateProblem(problem, target.host)}.`,
      'Use the name that the certificate was issued for, or name the CA file that signed it in the mail settings.',
    );
  }
  if (fault.code === 'EAUTH') {
    return make(
      'mail-login-refused',
      'fix',
      `The mail server refused the log-in. It said: ${said}`,
      'Check username and password in the mail settings; some providers want a password made for this program.',
    );
  }
  if (fault.code === 'ETIMEDOUT') {
    return make(
      'mail-timed-out',
      'retry',
      `The mail server ${place} did not answer in time.`,
      'Check host, port and security in the mail settings, and firewalls on the way.',
    );
  }
  if (fault.code === 'ETLS' || isHandshakeFault(fault)) {
    return make(
      'mail-tls-failed',
      'fix',
      `No encrypted connection to the mail server could be set up. (${said})`,
      'Check security and port: STARTTLS usually has 587, TLS 465.',
    );
  }
  if (fault.responseCode !== undefined && fault.responseCode >= 400) {
    const passing = fault.responseCode < 500;
    return make(
      passing ? 'mail-refused-now' : 'mail-refused',
      passing ? 'retry' : 'fix',
      `The mail server did not take the e-mail. It said: ${said}`,
      passing ? 'It is tried again by itself.' : 'Check sender and recipients in the mail settings.',
    );
  }
  return make(
    'mail-unreachable',
    'retry',
    `No connection to the mail server ${place} could be made: ${systemWords(fault, target.secrets)}`,
    'Check host and port in the mail settings, and the network.',
  );
}

function faultOf(error: unknown): MailFault {
  const part = <T>(name: string, check: (value: unknown) => value is T): T | undefined => {
    if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
    // Narrowed to an object that has this key.
    const value = (error as Record<string, unknown>)[name];
    return check(value) ? value : undefined;
  };
  const isText = (value: unknown): value is string => typeof value === 'string';
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  const isError = (value: unknown): value is Error => value instanceof Error && value !== error;
  const cause = part('cause', isError);
  return {
    message: part('message', isText) ?? 'unknown error',
    code: part('code', isText) ?? '',
    responseCode: part('responseCode', isNumber),
    response: part('response', isText) ?? '',
    cause: cause === undefined ? undefined : faultOf(cause),
  };
}

/** nodemailer puts its own code over Node's and keeps the message, which quotes OpenSSL's words. */
const verdictWords: readonly (readonly [RegExp, string])[] = [
  [/self[- ]signed certificate in certificate chain/i, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self[- ]signed certificate/i, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/certificate has expired/i, 'CERT_HAS_EXPIRED'],
  [/certificate is not yet valid/i, 'CERT_NOT_YET_VALID'],
  [/unable to verify the first certificate/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/unable to get (local )?issuer certificate/i, 'UNABLE_TO_GET_ISSUER_CERT'],
  [/certificate revoked/i, 'CERT_REVOKED'],
  [/does not match certificate's altnames|ERR_TLS_CERT_ALTNAME/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

function certificateVerdict(fault: MailFault | undefined): string | undefined {
  if (fault === undefined || fault.responseCode !== undefined) return undefined;
  const known = verdictWords.find(([words, code]) => words.test(fault.message) || fault.code === code);
  return known?.[1] ?? certificateVerdict(fault.cause);
}

function isHandshakeFault(fault: MailFault): boolean {
  return /ssl routines|wrong version number|handshake|EPROTO/i.test(`${fault.code} ${fault.message}`);
}

function systemWords(fault: MailFault, secrets: MailTarget['secrets']): string {
  const words = `${fault.code} ${fault.cause?.code ?? ''} ${fault.message}`;
  if (/ECONNREFUSED/.test(words)) return 'nothing accepts connections there.';
  if (/ENOTFOUND|EDNS/.test(words)) return 'there is no host of this name.';
  if (/EAI_AGAIN/.test(words)) return 'the name cannot be looked up now.';
  if (/EHOSTUNREACH|ENETUNREACH/.test(words)) return 'there is no way through the network.';
  return quote(fault.message, secrets);
}

function quote(text: string, secrets: readonly (string | undefined)[]): string {
  return redact(text, secrets)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestQuote);
}
