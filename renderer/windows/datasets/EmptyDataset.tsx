import { Paper, Stack } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { ColumnsTable } from './ColumnsTable.tsx';
import { titleOf } from './titleOf.ts';

/** Nothing was published yet: how rows come here, and what their columns must be. */
export function EmptyDataset({ view }: { readonly view: DatasetView }) {
  const isStore = useApp((app) => app.site?.status.site?.role === 'store');
  const words = text.datasets;
  return (
    <Stack>
      <Paper>
        <EmptyState
          icon={IconTable}
          title={(isStore ? words.emptyTitleStore : words.emptyTitle)(titleOf(view))}
        >
          {isStore ? words.emptyBodyStore : words.emptyBody}
        </EmptyState>
      </Paper>
      <ColumnsTable view={view} />
    </Stack>
  );
}
