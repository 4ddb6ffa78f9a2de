import { ExchangeError } from '../../shared/errors.ts';

/** A system error while connecting, in plain words. */
export function connectError(cause: unknown, target: string): ExchangeError {
  const code = systemCode(cause);
  const [message, advice] = connectWords(code, target);
  return new ExchangeError({ code: 'cannot-connect', class: 'retry', message, advice, cause });
}

function connectWords(code: string, target: string): readonly [string, string] {
  switch (code) {
    case 'ENOTFOUND':
      return [`There is no host of this name: ${target}.`, 'Check Host in the FTP Configuration.'];
    case 'EAI_AGAIN':
      return [`The name cannot be looked up now: ${target}.`, 'Check the network connection and DNS.'];
    case 'ECONNREFUSED':
      return [`Nothing accepts connections at ${target}.`, 'Check Host and Port in the FTP Configuration.'];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return [`There is no way through the network to ${target}.`, 'Check the network connection.'];
    case 'EACCES':
    case 'EPERM':
      return [`This machine does not allow a connection to ${target}.`, 'Check the firewall here.'];
    default:
      return [
        `No connection to ${target} could be made (${code}).`,
        'Check Host and Port in the FTP Configuration, and the network.',
      ];
  }
}

function systemCode(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return systemCode(cause.errors[0]);
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return 'unknown error';
}

export function connectTimedOut(target: string, seconds: number): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `No connection to ${target} within ${seconds} seconds.`,
    advice: 'Check Host and Port in the FTP Configuration, the network, and firewalls on the way.',
  });
}
