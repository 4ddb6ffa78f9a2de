import type { FtpConfiguration } from '../../../shared/settings.ts';

/** A way to prove who we are that this program knows. */
export type LogOnMethod = 'password' | 'publickey' | 'agent' | 'keyboard-interactive';

export interface LogOnState {
  readonly logonType: FtpConfiguration['logonType'];
  readonly useSshAgent: boolean;
  readonly hasPassword: boolean;
  /** What the server would take now. */
  readonly offered: readonly string[];
  /** What was tried in this log-on, in order. */
  readonly tried: readonly LogOnMethod[];
  /** The last one was right, and the server wants another one besides. */
  readonly partial: boolean;
}

/**
 * What to try next; undefined where nothing is left. A pure rule.
 *
 * Promise: what was refused is not tried again, nor is the same secret by another way: accounts get locked.
 */
export function chooseMethod(state: LogOnState): LogOnMethod | undefined {
  const { offered, tried, partial } = state;
  if (tried.length > 0 && !partial) return undefined;
  return preferences(state).find((method) => offers(offered, method) && !tried.includes(method));
}

function preferences({ logonType, useSshAgent, hasPassword, partial }: LogOnState): LogOnMethod[] {
  const byPassword: LogOnMethod[] = hasPassword ? ['password'] : [];
  switch (logonType) {
    case 'normal':
      return ['password', 'keyboard-interactive'];
    case 'interactive':
      return partial ? ['keyboard-interactive', ...byPassword] : ['keyboard-interactive'];
    case 'key-file': {
      const byKey: LogOnMethod = useSshAgent ? 'agent' : 'publickey';
      return partial ? [byKey, ...byPassword, 'keyboard-interactive'] : [byKey];
    }
  }
}

function offers(offered: readonly string[], method: LogOnMethod): boolean {
  return offered.includes(method === 'agent' ? 'publickey' : method);
}
