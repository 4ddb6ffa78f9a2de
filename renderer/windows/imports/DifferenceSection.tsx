import { Group, Table, Text } from '@mantine/core';
import type { ImportDifference } from '../../../shared/importReport.ts';
import { Section } from '../../parts/Section.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { text } from '../../text/en.ts';

const tones = { added: 'good', changed: 'warn', removed: 'bad' } as const;

/** What publishing would add, change and remove, with samples. */
export function DifferenceSection({ difference }: { readonly difference: ImportDifference }) {
  const words = text.imports;
  const { added, changed, removed, samples } = difference;
  const columns = Object.keys(samples[0]?.after ?? samples[0]?.before ?? {}).filter((column) =>
    samples.some(({ before, after }) => shown(before?.[column]) + shown(after?.[column]) !== ''),
  );
  return (
    <Section title={words.difference}>
      {added + changed + removed === 0 ? (
        <Text c="dimmed">{words.differenceSame}</Text>
      ) : (
        <>
          <Group gap="xs">
            <StateBadge tone={added === 0 ? 'idle' : tones.added}>{words.added(added)}</StateBadge>
            <StateBadge tone={changed === 0 ? 'idle' : tones.changed}>{words.changed(changed)}</StateBadge>
            <StateBadge tone={removed === 0 ? 'idle' : tones.removed}>{words.removed(removed)}</StateBadge>
          </Group>
          <Table.ScrollContainer minWidth={680} type="native">
            <Table aria-label={words.differenceLabel} verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.kind}</Table.Th>
                  {columns.map((column) => (
                    <Table.Th key={column}>{column}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {samples.map((sample, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: samples have no name of their own and never move.
                  <Table.Tr key={index}>
                    <Table.Th scope="row" fw={400}>
                      {words.kinds[sample.kind]}
                    </Table.Th>
                    {columns.map((column) => (
                      <Table.Td key={column}>{cellOf(sample, column)}</Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </Section>
  );
}

function cellOf({ before, after }: ImportDifference['samples'][number], column: string) {
  const was = shown(before?.[column]);
  const is = shown(after?.[column]);
  if (before === undefined || after === undefined) return after === undefined ? was : is;
  return was === is ? (
    is
  ) : (
    <b style={{ whiteSpace: 'nowrap' }}>
      {text.imports.changedFrom(was === '' ? '–' : was, is === '' ? '–' : is)}
    </b>
  );
}

function shown(value: string | number | boolean | null | undefined): string {
  const written = value === null || value === undefined ? '' : String(value);
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}
