import { useEffect, useState } from 'react';
import type { Topic } from '../../shared/contract/calls.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { useApp } from './appStore.ts';

interface Reading<T> {
  /** Stays while it is read anew. Undefined until first read. */
  readonly value?: T;
  readonly error?: ErrorReport;
  readonly loading: boolean;
}

/**
 * Reads what only one window shows: a day, one transmission, a packet's files. Reads again when `topic` changed.
 *
 * Shape: `read` must be stable (useCallback); another `read` is another question, and the old answer goes.
 */
export function useReading<T>(topic: Topic, read: () => Promise<Answer<T>>): Reading<T> {
  const version = useApp((app) => app.freshness[topic]);
  const [state, setState] = useState<Reading<T> & { readonly of: () => unknown }>({
    loading: true,
    of: read,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read again.
  useEffect(() => {
    let stale = false;
    void read().then((answer) => {
      if (stale) return;
      setState((before) =>
        answer.ok
          ? { value: answer.value, loading: false, of: read }
          : {
              ...(before.of === read && before.value !== undefined ? { value: before.value } : {}),
              error: answer.error,
              loading: false,
              of: read,
            },
      );
    });
    return () => {
      stale = true;
    };
  }, [read, version]);
  return state.of === read ? state : { loading: true };
}
