import type { IncomingMessage } from 'node:http';
import type { Keys } from './keys.ts';

/**
 * Decides about requests by their headers alone.
 *
 * A page of another site can make a browser call 127.0.0.1, also under a name of its own that it points here (DNS
 * rebinding); such calls carry its name in Host or Origin. Another account on this machine can call as well, but
 * has no cookie.
 */
export interface Doorkeeper {
  /** False for a request that was made for another address, or by another site's page. */
  isMeantForUs(request: IncomingMessage): boolean;
  /** A WebSocket must say that it comes from our page: browsers always do, and send cookies whoever asks. */
  isFromOurPage(request: IncomingMessage): boolean;
  isKnown(request: IncomingMessage): boolean;
  /** The value of Set-Cookie. */
  cookie(session: string): string;
}

export function createDoorkeeper(keys: Keys, host: string): Doorkeeper {
  const origin = `http://${host}`;
  // Cookies do not tell ports apart; the name does, for a second web host on this machine.
  const name = `branchline-${host.slice(host.lastIndexOf(':') + 1)}`;
  return {
    isMeantForUs: ({ headers }) =>
      headers.host === host && (headers.origin === undefined || headers.origin === origin),
    isFromOurPage: ({ headers }) => headers.origin === origin,
    isKnown: ({ headers }) => cookieValues(headers.cookie ?? '', name).some((value) => keys.isSession(value)),
    cookie: (session) => `${name}=${session}; Path=${keys.folder}; HttpOnly; SameSite=Strict`,
  };
}

function cookieValues(header: string, name: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
