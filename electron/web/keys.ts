import { createHash, timingSafeEqual } from 'node:crypto';
import type { Random } from '../engine/localMachine.ts';

/**
 * Who may use the web host: a browser that showed the token of an address, and from then on its cookie.
 *
 * Promise: a token opens once; the next one is another. Cookies and tokens die with the process. Comparing them
 *          takes the same time whatever was guessed.
 */
export interface Keys {
  /**
   * The folder of the page's address: `/…/`. A browser sends the cookies of 127.0.0.1 to every port of it, so that
   * other accounts' servers could see this one; but only below the cookie's path, which nobody can guess.
   */
  readonly folder: string;
  /** The token that will open next. */
  token(): string;
  /** The cookie's value for the right token, which is then used up; undefined for any other. */
  redeem(token: string): string | undefined;
  isSession(value: string): boolean;
}

export function createKeys(random: Random): Keys {
  const fresh = () => random.bytes(32).toString('base64url');
  const sessions: string[] = [];
  let token = fresh();
  return {
    folder: `/${random.bytes(12).toString('base64url')}/`,
    token: () => token,
    redeem(given) {
      if (!isSame(given, token)) return undefined;
      token = fresh();
      const session = fresh();
      sessions.push(session);
      return session;
    },
    isSession: (value) => sessions.some((session) => isSame(value, session)),
  };
}

function isSame(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
