import { type ErrorClass, ExchangeError } from '../../../shared/errors.ts';
import { speaksOfExisting, speaksOfForbidden, speaksOfMissing, speaksOfNoRoom } from '../serverWords.ts';
import type { FtpReply } from './ftpReply.ts';

interface Meaning {
  readonly code: string;
  readonly class: ErrorClass;
  readonly message: string;
  readonly advice: string;
}

const noRoom: Meaning = {
  code: 'no-room',
  class: 'full',
  message: 'The server has no room left',
  advice: 'Make room on the server, or ask for a larger quota.',
};
const notFound: Meaning = {
  code: 'not-found',
  class: 'fix',
  message: 'The server knows no such file or folder',
  advice: 'Check that nobody else moves or deletes files in the home directory.',
};
const exists: Meaning = {
  code: 'exists',
  class: 'fix',
  message: 'Something with this name exists already',
  advice: 'Check that nobody else writes to the home directory.',
};
const forbidden: Meaning = {
  code: 'forbidden',
  class: 'fix',
  message: 'The server does not allow this',
  advice: 'Ask for the right to read, write, rename and delete in the home directory.',
};
const connectionLost: Meaning = {
  code: 'connection-lost',
  class: 'retry',
  message: 'The connection broke',
  advice: '',
};
const serverTrouble: Meaning = {
  code: 'server-trouble',
  class: 'retry',
  message: 'The server could not do this now',
  advice: 'If it stays so, ask the FTP provider, and quote the reply.',
};
const loginLost: Meaning = {
  code: 'login-refused',
  class: 'fix',
  message: 'The server does not accept the log-in',
  advice: 'Check username and password.',
};

function meaningOf({ code, text }: FtpReply): Meaning {
  switch (code) {
    case 421:
    case 425:
    case 426:
      return connectionLost;
    case 452:
    case 552:
      return noRoom;
    case 530:
    case 532:
      return loginLost;
  }
  if (speaksOfNoRoom(text)) return noRoom;
  // Pure-FTPd says it with 451 when a rename goes into a missing folder.
  if (speaksOfMissing(text)) return notFound;
  if (code < 500) return serverTrouble;
  if (speaksOfForbidden(text)) return forbidden;
  if (speaksOfExisting(text)) return exists;
  return forbidden;
}

/**
 * What a refusal (4xx, 5xx) means, from its code and, where the code says too little, its words.
 *
 * Promise: 5xx of unknown meaning is `forbidden` (fix), 4xx of unknown meaning is `server-trouble` (retry).
 * Source:  RFC 959 §4.2; replies of vsftpd, ProFTPD, Pure-FTPd and pyftpdlib.
 */
export function replyError(reply: FtpReply, quoted: string, what: string): ExchangeError {
  const meaning = meaningOf(reply);
  return new ExchangeError({
    code: meaning.code,
    class: meaning.class,
    message: `${meaning.message}: ${what}. It said: ${quoted}`,
    advice: meaning.advice,
    reply: quoted,
  });
}

/** The server answered something that makes no sense here. The order of replies may be lost with it. */
export function badReply(quoted: string, what: string): ExchangeError {
  return new ExchangeError({
    code: 'bad-reply',
    class: 'retry',
    message: `The server's answer cannot be understood: ${what}. It said: ${quoted}`,
    advice: 'If it stays so, ask the FTP provider, and quote the reply.',
    reply: quoted,
  });
}

/** True for a reply that explains a broken data connection better than the break itself does. */
export function explainsBreak(reply: FtpReply): boolean {
  const { code } = meaningOf(reply);
  return reply.code >= 400 && code !== 'connection-lost';
}

/** The words of a refusal speak of TLS: the server wants it, or does not have it. */
export function speaksOfTls(text: string): boolean {
  return /\b(?:ssl|tls|cleartext|clear text|encrypt\w*|secure connection)\b/i.test(text);
}

/** The words of a refused log-in speak of too many connections, not of a wrong password. */
export function speaksOfTooMany(text: string): boolean {
  return /too many|maximum number|max(?:imum)? (?:clients|connections|users|sessions)|(?:connection|client|user|session)s? limit|limit (?:of|reached|exceeded)|maximum allowed/i.test(
    text,
  );
}
