import { Button, Group, Loader, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconBuildingStore, IconSearch } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { StoreRow } from '../../../shared/contract/rows.ts';
import { goTo } from '../../actions/goTo.ts';
import { loadStores } from '../../actions/stores.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { PageBar } from '../../parts/table/PageBar.tsx';
import type { Sorting } from '../../parts/table/sortRows.ts';
import { usePages } from '../../parts/table/usePages.ts';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { useNow } from '../../state/useNow.ts';
import { useTopic } from '../../state/useTopic.ts';
import { text } from '../../text/en.ts';
import { StoreTable } from './StoreTable.tsx';
import {
  countStores,
  filterStores,
  type StoreColumn,
  type StoreFilter,
  sortStores,
  storeStates,
  summarizeStores,
} from './storeRows.ts';

/** How every store stands. */
export function StoresWindow() {
  const client = useClient();
  const { rows, error } = useApp((app) => app.stores);
  useTopic(
    'stores',
    useCallback(() => loadStores(client), [client]),
  );
  useNow(60_000);
  const words = text.stores;
  return (
    <WindowFrame title={words.title} description={words.description} width="wide">
      {error === undefined ? null : <ErrorNote error={error} />}
      {rows === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : rows.length === 0 ? (
        <Paper>
          <EmptyState
            icon={IconBuildingStore}
            title={words.emptyTitle}
            action={
              <Button variant="light" onClick={() => goTo('setup')}>
                {words.emptyAction}
              </Button>
            }
          >
            {words.emptyBody}
          </EmptyState>
        </Paper>
      ) : (
        <StoreList rows={rows} />
      )}
    </WindowFrame>
  );
}

const pageSize = 50;

function StoreList({ rows }: { readonly rows: readonly StoreRow[] }) {
  const [filter, setFilter] = useState<StoreFilter>('all');
  const [typed, setTyped] = useState('');
  const [sorting, setSorting] = useState<Sorting<StoreColumn>>({ key: 'state', direction: 'asc' });
  // Letters appear as they are typed; the table follows when there is time.
  const sought = useDeferredValue(typed);
  const counts = useMemo(() => countStores(rows), [rows]);
  // Most offices send no sets to their stores: a column of nothing would push the version out of sight.
  const withSets = useMemo(() => rows.some(({ editions }) => editions.length > 0), [rows]);
  const found = useMemo(
    () => sortStores(filterStores(rows, filter, sought), sorting),
    [rows, filter, sought, sorting],
  );
  const { shown, page, pages, first, setPage } = usePages(found, pageSize);
  const words = text.stores;
  return (
    <Stack gap="sm">
      <Text fw={600}>{summarizeStores(rows)}</Text>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={words.filterLabel}
          value={filter}
          onChange={setFilter}
          data={(['all', ...storeStates] as const).map((value) => ({
            value,
            label: `${value === 'all' ? words.all : words.states[value]} (${text.common.count(counts[value])})`,
          }))}
        />
        <TextInput
          aria-label={words.searchLabel}
          placeholder={words.searchPlaceholder}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          w={240}
        />
      </Group>
      <Paper p={0}>
        {found.length === 0 ? (
          <Stack align="center" py="xl" gap="xs">
            <Text c="dimmed">{words.nothingFound}</Text>
            <Button
              variant="light"
              onClick={() => {
                setFilter('all');
                setTyped('');
              }}
            >
              {words.showAll}
            </Button>
          </Stack>
        ) : (
          <StoreTable rows={shown} withSets={withSets} sorting={sorting} onSort={setSorting} />
        )}
      </Paper>
      <PageBar
        page={page}
        pages={pages}
        first={first}
        shown={shown.length}
        total={found.length}
        onPage={setPage}
      />
    </Stack>
  );
}
