import { Anchor, Table, Text } from '@mantine/core';
import type { TransmissionRow } from '../../../shared/views.ts';
import { describeResult, outcomeTones } from '../../parts/describeResult.ts';
import { formatDuration, formatTime } from '../../parts/formatTime.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { formatPlace } from '../../state/place.ts';
import { text } from '../../text/en.ts';

/** Transmissions, a row each; the time leads to all about it. */
export function TransmissionTable({ rows }: { readonly rows: readonly TransmissionRow[] }) {
  const { columns, listLabel, open } = text.history;
  return (
    <Table.ScrollContainer minWidth={620} type="native">
      <Table aria-label={listLabel} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.started}</Table.Th>
            <Table.Th>{columns.outcome}</Table.Th>
            <Table.Th>{columns.summary}</Table.Th>
            <Table.Th>{columns.mode}</Table.Th>
            <Table.Th ta="right">{columns.duration}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.transmissionId}>
              <Table.Th scope="row" fw={400} style={{ whiteSpace: 'nowrap' }}>
                <Anchor
                  href={formatPlace({ window: 'history', within: ['run', row.transmissionId] })}
                  aria-label={open(formatTime(row.startedMs))}
                >
                  <Time ms={row.startedMs} />
                </Anchor>
              </Table.Th>
              <Table.Td>
                <StateBadge tone={outcomeTones[row.outcome]}>{text.runs.outcomes[row.outcome]}</StateBadge>
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={2}>
                  {describeResult(row)}
                </Text>
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{text.runs.modes[row.mode]}</Table.Td>
              <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>
                {row.endedMs === undefined ? '' : formatDuration(row.endedMs - row.startedMs)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
