import { Button, Group, Loader, Paper } from '@mantine/core';
import { IconFileExport, IconPlus } from '@tabler/icons-react';
import { useCallback } from 'react';
import { exportPresets } from '../../../shared/exportsSettings.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Section } from '../../parts/Section.tsx';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { ExportTable } from './ExportTable.tsx';
import { openExportForm } from './openExportForm.tsx';
import { SubscriptionSection } from './SubscriptionSection.tsx';

/** CSV files for partners, and published sets for the stores. Central site only. */
export function ExportsWindow() {
  const client = useClient();
  const read = useCallback(() => client.call('exports.list', {}), [client]);
  const { value: views, error } = useReading('exports', read);
  const words = text.exports;
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => openExportForm(client, undefined)}
    >
      {words.add}
    </Button>
  );
  return (
    <WindowFrame title={words.title} description={words.description} width="wide" actions={add}>
      {error === undefined ? null : <ErrorNote error={error} />}
      {views === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : views.length === 0 ? (
        <Paper>
          <EmptyState
            icon={IconFileExport}
            title={words.emptyTitle}
            action={
              <Group>
                {exportPresets.map((preset) => (
                  <Button
                    key={preset.name}
                    variant="light"
                    onClick={() => openExportForm(client, undefined, preset)}
                  >
                    {words.presets[preset.name]}
                  </Button>
                ))}
              </Group>
            }
          >
            {words.emptyBody}
          </EmptyState>
        </Paper>
      ) : (
        <Section title={words.tableTitle} description={words.tableDescription}>
          <ExportTable views={views} />
        </Section>
      )}
      <SubscriptionSection />
    </WindowFrame>
  );
}
