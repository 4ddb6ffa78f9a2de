import { useEffect, useState } from 'react';
import type { CallInput, CallOutput } from '../../../shared/contract/calls.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { useClient } from '../../api/client.ts';
import { useApp } from '../../state/appStore.ts';

type RowsQuery = CallInput<'records.rows'>;

interface RowPageState {
  /** The last page that came; stays in view until the next one is there. */
  readonly page?: CallOutput<'records.rows'>;
  readonly error?: ErrorReport;
  /** The page in view is not the one that is asked for. */
  readonly loading: boolean;
}

/** Reads a page of rows, and reads it again when rows changed. Answers that are overtaken are dropped. */
export function useRowPage(query: RowsQuery): RowPageState {
  const client = useClient();
  const version = useApp((app) => app.freshness.records);
  const question = JSON.stringify(query);
  const [state, setState] = useState<RowPageState & { readonly of: string }>({ loading: true, of: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read again.
  useEffect(() => {
    let stale = false;
    // It is this hook's own query, made into text so that equal ones are the same.
    void client.call('records.rows', JSON.parse(question) as RowsQuery).then((answer) => {
      if (stale) return;
      setState((before) =>
        answer.ok
          ? { page: answer.value, loading: false, of: question }
          : {
              ...(before.page === undefined ? {} : { page: before.page }),
              error: answer.error,
              loading: false,
              of: question,
            },
      );
    });
    return () => {
      stale = true;
    };
  }, [client, question, version]);
  return { ...state, loading: state.of !== question };
}
