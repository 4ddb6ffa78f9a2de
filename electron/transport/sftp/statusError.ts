import { type ErrorClass, ExchangeError } from '../../../shared/errors.ts';
import { speaksOfExisting, speaksOfForbidden, speaksOfMissing, speaksOfNoRoom } from '../serverWords.ts';
import { plainWords } from './sshError.ts';

/**
 * Codes of SSH_FXP_STATUS. Sources: draft-ietf-secsh-filexfer-02 §7 (version 3, which OpenSSH speaks), and -13 §9.1
 * for the later ones that some servers send all the same.
 */
export const sftpStatus = {
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  badMessage: 5,
  noConnection: 6,
  connectionLost: 7,
  unsupported: 8,
  noSuchPath: 10,
  exists: 11,
  writeProtected: 12,
  noRoom: 14,
  quota: 15,
  invalidName: 20,
} as const;

/** The server refused one request; the connection is as good as before. */
export class SftpRefusal extends Error {
  override readonly name = 'SftpRefusal';
  readonly status: number;
  /** The server's words, bounded. */
  readonly words: string;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
    this.words = plainWords(message);
  }
}

/** True where the refusal says that something is not there. */
export function saysMissing({ status }: SftpRefusal): boolean {
  return status === sftpStatus.noSuchFile || status === sftpStatus.noSuchPath;
}

interface Meaning {
  readonly code: string;
  readonly class: ErrorClass;
  readonly message: string;
  readonly advice: string;
}

const askForRights = 'Ask for the right to read, write, rename and delete in the home directory.';
const meanings = {
  noRoom: {
    code: 'no-room',
    class: 'full',
    message: 'The server has no room left',
    advice: 'Make room on the server, or ask for a larger quota.',
  },
  notFound: {
    code: 'not-found',
    class: 'fix',
    message: 'The server knows no such file or folder',
    advice: 'Check that nobody else moves or deletes files in the home directory.',
  },
  exists: {
    code: 'exists',
    class: 'fix',
    message: 'Something with this name exists already',
    advice: 'Check that nobody else writes to the home directory.',
  },
  forbidden: {
    code: 'forbidden',
    class: 'fix',
    message: 'The server does not allow this',
    advice: askForRights,
  },
  badName: {
    code: 'bad-path',
    class: 'fix',
    message: 'The server cannot hold such a name',
    advice: 'Rename the file or folder.',
  },
  trouble: {
    code: 'server-trouble',
    class: 'retry',
    message: 'The server could not do this now',
    advice:
      'If it stays so, ask the provider, and quote the reply; a full disk or quota is often the reason.',
  },
} as const satisfies Record<string, Meaning>;

function meaningOf({ status, words }: SftpRefusal): Meaning {
  switch (status) {
    case sftpStatus.noSuchFile:
    case sftpStatus.noSuchPath:
      return meanings.notFound;
    case sftpStatus.permissionDenied:
    case sftpStatus.writeProtected:
    case sftpStatus.unsupported:
      return meanings.forbidden;
    case sftpStatus.exists:
      return meanings.exists;
    case sftpStatus.noRoom:
    case sftpStatus.quota:
      return meanings.noRoom;
    case sftpStatus.badMessage:
    case sftpStatus.invalidName:
      return meanings.badName;
  }
  if (speaksOfNoRoom(words)) return meanings.noRoom;
  if (speaksOfMissing(words)) return meanings.notFound;
  if (speaksOfExisting(words)) return meanings.exists;
  if (speaksOfForbidden(words)) return meanings.forbidden;
  return meanings.trouble;
}

/** What a refusal means, from its code and, where that says too little, its words. */
export function statusError(refusal: SftpRefusal, what: string): ExchangeError {
  const meaning = meaningOf(refusal);
  return new ExchangeError({
    code: meaning.code,
    class: meaning.class,
    message: `${meaning.message}: ${what}. It said: ${refusal.words}`,
    advice: meaning.advice,
    reply: refusal.words,
    cause: refusal,
  });
}

/** The server answered something that makes no sense here. */
export function badSftpReply(what: string): ExchangeError {
  return new ExchangeError({
    code: 'bad-reply',
    class: 'retry',
    message: `The server's answer cannot be understood: ${what}.`,
    advice: 'If it stays so, tell the provider.',
  });
}
