import { Alert, Button, Group, Loader, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { PageBar } from '../../parts/table/PageBar.tsx';
import type { Sorting } from '../../parts/table/sortRows.ts';
import { text } from '../../text/en.ts';
import { type DatasetPlace, openDataset } from './datasetPlace.ts';
import { ExportButton } from './ExportButton.tsx';
import { FilterBar, type RowFilter } from './FilterBar.tsx';
import { RowTable } from './RowTable.tsx';
import { useRowPage } from './useRowPage.ts';

const pageSize = 100;
/** What is typed is searched for when the typing rests. */
const restMs = 300;

interface RowsPanelProps {
  readonly view: DatasetView;
  readonly place: DatasetPlace;
}

/** A page of rows at a time, searched, filtered and sorted by the engine: a million of them are no burden here. */
export function RowsPanel({ view, place }: RowsPanelProps) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, restMs);
  const [filters, setFilters] = useState<readonly RowFilter[]>([]);
  const [sorting, setSorting] = useState<Sorting<string>>({ key: '', direction: 'asc' });
  const [wanted, setWanted] = useState(1);
  const { set, editionId } = place;
  const query = {
    dataset: view.schema.name,
    ...(set === undefined ? {} : { set }),
    ...(editionId === undefined ? {} : { editionId }),
    ...(search.trim() === '' ? {} : { search }),
    filters: [...filters],
  };
  const { page, error, loading } = useRowPage({
    ...query,
    ...(sorting.key === ''
      ? {}
      : { sort: { column: sorting.key, descending: sorting.direction === 'desc' } }),
    offset: (wanted - 1) * pageSize,
    limit: pageSize,
  });
  const words = text.datasets;
  const total = page?.total ?? 0;
  const narrow = <T,>(change: (value: T) => void) => {
    return (value: T) => {
      setWanted(1);
      change(value);
    };
  };
  const showAll = () => {
    setWanted(1);
    setTyped('');
    setFilters([]);
  };
  return (
    <Stack gap="sm">
      {editionId === undefined ? null : <ArchivedNote dataset={view.schema.name} set={set} />}
      <Group justify="space-between" align="flex-end">
        <TextInput
          label={words.search}
          placeholder={words.searchPlaceholder}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => narrow(setTyped)(event.currentTarget.value)}
          maxLength={500}
          w={280}
        />
        <ExportButton query={query} />
      </Group>
      <FilterBar schema={view.schema} filters={filters} onChange={narrow(setFilters)} />
      {error === undefined ? null : <ErrorNote error={error} />}
      {page === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : (
        <>
          <Paper p={0} style={{ opacity: loading ? 0.6 : 1 }} aria-busy={loading}>
            {total === 0 ? (
              <Stack align="center" py="xl" gap="xs">
                <Text c="dimmed">{words.nothingFound}</Text>
                <Button variant="light" onClick={showAll}>
                  {words.showAll}
                </Button>
              </Stack>
            ) : (
              <RowTable
                view={view}
                rows={page.rows}
                withSet={set === undefined && view.sets.length > 1}
                sorting={sorting}
                onSort={narrow(setSorting)}
              />
            )}
          </Paper>
          <PageBar
            page={wanted}
            pages={Math.max(1, Math.ceil(total / pageSize))}
            first={(wanted - 1) * pageSize}
            shown={page.rows.length}
            total={total}
            onPage={setWanted}
          />
        </>
      )}
    </Stack>
  );
}

function ArchivedNote({ dataset, set }: { readonly dataset: string; readonly set: string | undefined }) {
  const words = text.datasets;
  return (
    <Alert color="orange" title={words.archivedTitle}>
      <Button
        variant="default"
        onClick={() => openDataset({ dataset, ...(set === undefined ? {} : { set }) })}
      >
        {words.backToPublished}
      </Button>
    </Alert>
  );
}
