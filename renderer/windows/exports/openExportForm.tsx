import { Loader } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback } from 'react';
import type { ExportView } from '../../../shared/contract/exportsCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import type { ExportPreset } from '../../../shared/exportsSettings.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { ExportFormView } from './ExportFormView.tsx';

/** Adds an export, or changes one. */
export function openExportForm(
  client: ContractClient,
  view: ExportView | undefined,
  preset?: ExportPreset,
): void {
  const words = text.exports.form;
  const id = modals.open({
    title: view === undefined ? words.addTitle : words.editTitle(view.settings.name),
    size: 'xl',
    // What was typed is not lost by a click beside it.
    closeOnClickOutside: false,
    children: <Loaded client={client} view={view} preset={preset} onDone={() => modals.close(id)} />,
  });
}

interface LoadedProps {
  readonly client: ContractClient;
  readonly view: ExportView | undefined;
  readonly preset: ExportPreset | undefined;
  readonly onDone: () => void;
}

function Loaded({ client, view, preset, onDone }: LoadedProps) {
  const read = useCallback(() => client.call('records.datasets', {}), [client]);
  const { value, error } = useReading('records', read);
  if (error !== undefined) return <ErrorNote error={error} />;
  if (value === undefined) return <Loader aria-label={text.common.loading} role="status" />;
  return <ExportFormView client={client} datasets={value} view={view} preset={preset} onDone={onDone} />;
}
