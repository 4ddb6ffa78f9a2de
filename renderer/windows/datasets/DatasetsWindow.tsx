import { Group, Loader, SegmentedControl, Select } from '@mantine/core';
import { useCallback } from 'react';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { AddDatasetButton } from './AddDatasetButton.tsx';
import { ColumnsTable } from './ColumnsTable.tsx';
import { type DatasetPlace, openDataset, readDatasetPlace } from './datasetPlace.ts';
import { EditionsPanel } from './EditionsPanel.tsx';
import { EmptyDataset } from './EmptyDataset.tsx';
import { RowsPanel } from './RowsPanel.tsx';
import { titleOf } from './titleOf.ts';

/** Tables of records. What is open stands in the address: see datasetPlace.ts. */
export function DatasetsWindow() {
  const client = useClient();
  const within = useApp((app) => app.place.within);
  const read = useCallback(() => client.call('records.datasets', {}), [client]);
  const { value: datasets, error } = useReading('records', read);
  const place = readDatasetPlace(within);
  const chosen =
    datasets && (datasets.find(({ schema }) => schema.name === place.dataset) ?? first(datasets));
  const words = text.datasets;
  return (
    <WindowFrame
      title={words.title}
      description={words.description}
      width="wide"
      actions={<AddDatasetButton onAdded={(dataset) => openDataset({ dataset, part: 'columns' })} />}
    >
      {error === undefined ? null : <ErrorNote error={error} />}
      {datasets === undefined || chosen === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : (
        <>
          <Chooser datasets={datasets} chosen={chosen} place={place} />
          <Part key={chosen.schema.name} view={chosen} place={place} />
        </>
      )}
    </WindowFrame>
  );
}

/** What a person most likely came for: one with rows. */
function first(datasets: readonly DatasetView[]): DatasetView | undefined {
  return datasets.find((view) => rowsOf(view) > 0) ?? datasets[0];
}

function rowsOf({ sets }: DatasetView): number {
  return sets.reduce((sum, { published }) => sum + (published?.rows ?? 0), 0);
}

interface ChooserProps {
  readonly datasets: readonly DatasetView[];
  readonly chosen: DatasetView;
  readonly place: DatasetPlace;
}

function Chooser({ datasets, chosen, place }: ChooserProps) {
  const words = text.datasets;
  const dataset = chosen.schema.name;
  const isEmpty = chosen.sets.length === 0;
  return (
    <Group align="flex-end">
      <Select
        label={words.dataset}
        data={datasets.map((view) => ({
          value: view.schema.name,
          label: words.option(titleOf(view), rowsOf(view)),
        }))}
        value={dataset}
        onChange={(name) => name !== null && openDataset({ dataset: name })}
        allowDeselect={false}
        searchable
        w={320}
      />
      {chosen.sets.length < 2 ? null : (
        <Select
          label={words.set}
          data={[
            { value: '', label: words.allSets },
            ...chosen.sets.map(({ set }) => ({ value: set, label: set })),
          ]}
          value={place.set ?? ''}
          onChange={(set) => openDataset({ dataset, part: place.part, ...(set ? { set } : {}) })}
          allowDeselect={false}
          searchable
          w={240}
        />
      )}
      {isEmpty ? null : (
        <SegmentedControl
          aria-label={words.views}
          value={place.part}
          onChange={(part) => openDataset({ ...place, dataset, part, editionId: undefined })}
          data={(['rows', 'editions', 'columns'] as const).map((value) => ({
            value,
            label: words.viewNames[value],
          }))}
        />
      )}
    </Group>
  );
}

function Part({ view, place }: { readonly view: DatasetView; readonly place: DatasetPlace }) {
  if (view.sets.length === 0) return <EmptyDataset view={view} />;
  if (place.part === 'columns') return <ColumnsTable view={view} />;
  if (place.part === 'editions') return <EditionsPanel view={view} set={place.set} />;
  return <RowsPanel key={`${place.set ?? ''}/${place.editionId ?? ''}`} view={view} place={place} />;
}
