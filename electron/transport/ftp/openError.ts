import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpReply } from './ftpReply.ts';
import { speaksOfTls, speaksOfTooMany } from './replyError.ts';

function tooMany(quoted: string): ExchangeError {
  return new ExchangeError({
    code: 'too-many-connections',
    class: 'busy',
    message: `The server takes no more connections now. It said: ${quoted}`,
    advice: 'Lower the number of connections in the FTP Configuration, or wait.',
    reply: quoted,
  });
}

function wantsTls(quoted: string): ExchangeError {
  return new ExchangeError({
    code: 'login-refused',
    class: 'fix',
    message: `The server wants an encrypted connection. It said: ${quoted}`,
    advice: 'Turn on Enable SSL in the FTP Configuration.',
    reply: quoted,
  });
}

/** What a first reply other than 220 means. */
export function greetingError(reply: FtpReply, quoted: string): ExchangeError {
  if (reply.code === 421 || speaksOfTooMany(reply.text)) return tooMany(quoted);
  return new ExchangeError({
    code: 'cannot-connect',
    class: 'retry',
    message: `The server does not take connections now. It said: ${quoted}`,
    advice: 'Try again later; ask the FTP provider if it stays so.',
    reply: quoted,
  });
}

/** What a refused USER or PASS means. ProFTPD says 530 also when there are too many connections. */
export function loginError(reply: FtpReply, quoted: string): ExchangeError {
  if (speaksOfTooMany(reply.text)) return tooMany(quoted);
  if (speaksOfTls(reply.text)) return wantsTls(quoted);
  if (reply.code >= 400 && reply.code < 500) {
    return new ExchangeError({
      code: reply.code === 421 ? 'too-many-connections' : 'cannot-connect',
      class: reply.code === 421 ? 'busy' : 'retry',
      message: `The server cannot log anybody in now. It said: ${quoted}`,
      advice: 'Try again later; ask the FTP provider if it stays so.',
      reply: quoted,
    });
  }
  return new ExchangeError({
    code: 'login-refused',
    class: 'fix',
    message: `The server refused the log-in. It said: ${quoted}`,
    advice:
      reply.code === 332
        ? 'The server asks for an account besides the password, which is not supported.'
        : 'Check username and password in the FTP Configuration.',
    reply: quoted,
  });
}

export function homeError(homeDir: string, quoted: string): ExchangeError {
  return new ExchangeError({
    code: 'home-not-found',
    class: 'fix',
    message: `The home dir ${homeDir} is not on the server, or may not be entered. It said: ${quoted}`,
    advice:
      'Check Home Dir in the FTP Configuration; leave it empty for the directory that the log-in leads to.',
    reply: quoted,
  });
}

export function tlsRefused(quoted: string): ExchangeError {
  return new ExchangeError({
    code: 'tls-failed',
    class: 'fix',
    message: `The server does not offer an encrypted connection. It said: ${quoted}`,
    advice: 'Ask the FTP provider for FTP over TLS; without it, turn off Enable SSL.',
    reply: quoted,
  });
}

/** True for what OpenSSL says of a handshake that did not come about; false for a broken connection. */
export function isTlsError(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_SSL') || code === 'EPROTO';
}

/** A handshake that did not come about. */
export function tlsFailed(cause: Error): ExchangeError {
  // The last part is basic-ftp's addition.
  const words = cause.message
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s*\(control socket\)\s*$/, '')
    .slice(0, 200);
  const oldVersion = /version|unsupported protocol/i.test(words);
  return new ExchangeError({
    code: 'tls-failed',
    class: 'fix',
    message: oldVersion
      ? `The server speaks no TLS version that is allowed here (${words}).`
      : `The encrypted connection could not be set up (${words}).`,
    advice: oldVersion
      ? 'Lower the minimum TLS version, or ask the FTP provider for TLS 1.2 or newer.'
      : 'Check the port: implicit TLS usually has 990, explicit TLS 21.',
    cause,
  });
}
