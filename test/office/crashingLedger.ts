import type { Ledger } from '../../electron/ledger/ledger.ts';

export interface CommitFault {
  /** Which commit of the run, from 1. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/**
 * A ledger whose program dies at one commit: just before it, or just after it became durable. From then on
 * every call throws, as nothing runs any more in a killed program.
 */
export function crashingLedger(
  inner: Ledger,
  fault: CommitFault | undefined,
  crash: Error,
  isDead: () => boolean,
  die: () => void,
): Ledger {
  let commits = 0;
  const throwIfDead = () => {
    if (isDead()) throw crash;
  };
  return {
    read(work) {
      throwIfDead();
      return inner.read(work);
    },
    commit(label, work) {
      throwIfDead();
      commits += 1;
      if (fault?.nth === commits && fault.when === 'before') {
        die();
        throw crash;
      }
      const value = inner.commit(label, work);
      if (fault?.nth === commits && fault.when === 'after') {
        die();
        throw crash;
      }
      return value;
    },
    survey: () => inner.survey(),
    close: () => inner.close(),
  };
}
