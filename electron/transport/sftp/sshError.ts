import { ExchangeError } from '../../../shared/errors.ts';
import { connectError } from '../connectError.ts';
import { connectionLost } from '../transportErrors.ts';

/** How far opening has come: until the server's first line, its host key, the log-in; then open. */
export type SshPhase = 'greeting' | 'host-key' | 'login' | 'open';

/** Reasons of SSH_MSG_DISCONNECT. Source: RFC 4253 §11.1. */
const tooManyConnections = 12;
const noMoreMethods = 14;

/**
 * What an error of the SSH library, or the server's goodbye, means.
 *
 * Promise: the words of the server are bounded, and hold no control characters.
 */
export function sshError(error: Error, phase: SshPhase, target: string): ExchangeError {
  const reply = plainWords(error.message);
  const goodbye = numericCode(error);
  if (goodbye === tooManyConnections || /too many (?:connections|sessions)|MaxStartups/i.test(reply))
    return tooMany(reply, error);
  if (phase === 'login' && (goodbye === noMoreMethods || /authentication/i.test(reply)))
    return loginRefused(`The server ended the log-in. It said: ${reply}`, error);
  if (levelOf(error) === 'client-socket' && phase !== 'open' && phase !== 'login')
    return connectError(error, target);
  if (phase === 'greeting') return noGreeting(reply, target, error);
  if (levelOf(error) === 'handshake') return handshakeFailed(reply, error);
  return connectionLost(
    reply === ''
      ? 'The connection to the server was lost.'
      : `The connection to the server was lost: ${reply}`,
    error,
  );
}

/** Words of a server or library, fit to be shown. */
export function plainWords(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
}

export function loginRefused(message: string, cause?: unknown): ExchangeError {
  return new ExchangeError({
    code: 'login-refused',
    class: 'fix',
    message,
    advice: 'Check username, Logon Type and password in the FTP Configuration.',
    cause,
  });
}

function tooMany(reply: string, cause: Error): ExchangeError {
  return new ExchangeError({
    code: 'too-many-connections',
    class: 'busy',
    message: `The server takes no more connections now. It said: ${reply}`,
    advice: 'Lower the number of connections in the FTP Configuration, or wait.',
    reply,
    cause,
  });
}

/** The server hung up, or spoke another language, before it said that it is an SSH server. */
function noGreeting(reply: string, target: string, cause: Error): ExchangeError {
  const hungUp = /lost before handshake|closed the connection/i.test(reply);
  return new ExchangeError({
    code: hungUp ? 'cannot-connect' : 'bad-reply',
    class: 'retry',
    message: hungUp
      ? `${target} closed the connection before it said anything.`
      : `What answers at ${target} does not speak SSH.`,
    advice: hungUp
      ? 'It may take no more connections now, or none from here. Try again later; ask the provider if it stays so.'
      : 'Check Host, Port and Protocol: SFTP usually has port 22; FTP with TLS is another protocol.',
    cause,
  });
}

function handshakeFailed(reply: string, cause: Error): ExchangeError {
  return new ExchangeError({
    code: 'handshake-failed',
    class: 'fix',
    message: `No encrypted connection could be agreed on with the server (${reply}).`,
    advice: 'Ask the provider for a server that offers today’s SSH algorithms.',
    cause,
  });
}

function numericCode(error: Error): number | undefined {
  return 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

function levelOf(error: Error): string {
  return 'level' in error ? String(error.level) : '';
}
