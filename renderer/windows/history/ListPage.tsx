import { Loader, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TransmissionRow } from '../../../shared/views.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { TransmissionTable } from './TransmissionTable.tsx';

interface ListPageProps {
  /** Undefined until read. */
  readonly rows: readonly TransmissionRow[] | undefined;
  /** What stands in place of no rows. */
  readonly none: ReactNode;
}

/** A page of transmissions, or why there is none. */
export function ListPage({ rows, none }: ListPageProps) {
  const error = useApp((app) => app.history.error);
  if (rows === undefined && error === undefined) {
    return <Loader aria-label={text.common.loading} role="status" />;
  }
  return (
    <>
      {error === undefined ? null : <ErrorNote error={error} />}
      {rows === undefined ? null : (
        <Paper p={0}>
          {rows.length === 0 ? (
            <Text c="dimmed" p="lg">
              {none}
            </Text>
          ) : (
            <TransmissionTable rows={rows} />
          )}
        </Paper>
      )}
    </>
  );
}
