import { Anchor, Loader, Paper, Stack, Table, Text } from '@mantine/core';
import { useCallback } from 'react';
import type { DatasetView, EditionView } from '../../../shared/contract/recordsCalls.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { formatTime } from '../../parts/formatTime.ts';
import { Section } from '../../parts/Section.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { formatPlace } from '../../state/place.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { EditionsChart } from './EditionsChart.tsx';

interface EditionsPanelProps {
  readonly view: DatasetView;
  /** Undefined: all sets. */
  readonly set: string | undefined;
}

/** The editions of one set, or of each. */
export function EditionsPanel({ view, set }: EditionsPanelProps) {
  const sets = view.sets.filter((one) => set === undefined || one.set === set);
  return (
    <Stack>
      {sets.map((one) => (
        <SetEditions key={one.set} dataset={view.schema.name} set={one.set} />
      ))}
    </Stack>
  );
}

function SetEditions({ dataset, set }: { readonly dataset: string; readonly set: string }) {
  const client = useClient();
  const read = useCallback(() => client.call('records.editions', { dataset, set }), [client, dataset, set]);
  const { value: editions, error } = useReading('records', read);
  const words = text.datasets;
  return (
    <Section title={set}>
      {error === undefined ? null : <ErrorNote error={error} />}
      {editions === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : editions.length === 0 ? (
        <Text c="dimmed">{words.noEdition}</Text>
      ) : (
        <>
          {editions.length < 2 ? null : <EditionsChart set={set} editions={editions} />}
          <EditionsTable dataset={dataset} set={set} editions={editions} />
        </>
      )}
    </Section>
  );
}

interface EditionsTableProps {
  readonly dataset: string;
  readonly set: string;
  readonly editions: readonly EditionView[];
}

function EditionsTable({ dataset, set, editions }: EditionsTableProps) {
  const words = text.datasets;
  const label = `${words.editionsTable}: ${set}`;
  return (
    <Paper p={0}>
      <Table.ScrollContainer minWidth={600} type="native" tabIndex={0} role="group" aria-label={label}>
        <Table aria-label={label} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.editionColumns.published}</Table.Th>
              <Table.Th>{words.editionColumns.state}</Table.Th>
              <Table.Th ta="right">{words.editionColumns.rows}</Table.Th>
              <Table.Th>{words.editionColumns.from}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {editions.map((edition) => (
              <Table.Tr key={edition.editionId}>
                <Table.Th scope="row" fw={400} style={{ whiteSpace: 'nowrap' }}>
                  <Time ms={edition.publishedMs ?? edition.madeMs} />
                </Table.Th>
                <Table.Td>
                  <StateBadge tone={edition.state === 'published' ? 'good' : 'idle'}>
                    {words.states[edition.state]}
                  </StateBadge>
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {text.common.count(edition.rows)}
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{edition.source}</Table.Td>
                <Table.Td>
                  <Anchor
                    size="sm"
                    href={formatPlace({
                      window: 'datasets',
                      within: [
                        dataset,
                        set,
                        'rows',
                        ...(edition.state === 'published' ? [] : [edition.editionId]),
                      ],
                    })}
                    aria-label={words.openEditionOf(formatTime(edition.publishedMs ?? edition.madeMs))}
                  >
                    {words.openEdition}
                  </Anchor>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}
