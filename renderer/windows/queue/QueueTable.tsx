import { Box, Checkbox, Group, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { Fragment } from 'react';
import type { QueueRow } from '../../../shared/views.ts';
import { Bytes } from '../../parts/Bytes.tsx';
import { formatBytes } from '../../parts/formatBytes.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import type { StateTone } from '../../parts/stateTone.ts';
import { Time } from '../../parts/Time.tsx';
import { text } from '../../text/en.ts';
import { PacketFiles } from './PacketFiles.tsx';
import { QueueNote } from './QueueNote.tsx';
import { QueueRowActions } from './QueueRowActions.tsx';
import type { QueueGroup } from './queueGroups.ts';

const tones: Readonly<Record<QueueRow['state'], StateTone>> = {
  queued: 'busy',
  published: 'info',
  skipped: 'bad',
  answered: 'good',
  cancelled: 'idle',
};

interface QueueTableProps {
  /** Groups in order; a group that a page cuts in two appears on both. */
  readonly groups: readonly (QueueGroup & { readonly shown: readonly QueueRow[] })[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (ids: readonly number[], on: boolean) => void;
}

/** The queue's packets under their addressees. */
export function QueueTable({ groups, selected, onSelect }: QueueTableProps) {
  const { columns, tableLabel, selectAll } = text.queue;
  const ids = groups.flatMap(({ shown }) => shown.map(({ id }) => id));
  const chosen = ids.filter((id) => selected.has(id)).length;
  return (
    <Table.ScrollContainer minWidth={820} type="native">
      <Table aria-label={tableLabel} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40}>
              <Checkbox
                aria-label={selectAll}
                checked={chosen > 0 && chosen === ids.length}
                indeterminate={chosen > 0 && chosen < ids.length}
                onChange={(event) => onSelect(ids, event.currentTarget.checked)}
              />
            </Table.Th>
            <Table.Th>{columns.packet}</Table.Th>
            <Table.Th>{columns.state}</Table.Th>
            <Table.Th>{columns.note}</Table.Th>
            <Table.Th>{columns.since}</Table.Th>
            <Table.Th ta="right">{columns.actions}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map((group) => (
            <Fragment key={group.to}>
              <Table.Tr bg="var(--branchline-ground)">
                <Table.Th colSpan={6} scope="rowgroup" ta="left">
                  <Group justify="space-between">
                    <Text span fw={650}>
                      {text.sites.addressee(group.to)}
                    </Text>
                    <Text span size="sm" c="dimmed">
                      {text.queue.groupSummary({
                        total: group.rows.length,
                        skipped: group.skipped,
                        size: formatBytes(group.sizeBytes),
                      })}
                    </Text>
                  </Group>
                </Table.Th>
              </Table.Tr>
              {group.shown.map((row) => (
                <PacketRow
                  key={row.id}
                  row={row}
                  selected={selected.has(row.id)}
                  onSelect={(on) => onSelect([row.id], on)}
                />
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface PacketRowProps {
  readonly row: QueueRow;
  readonly selected: boolean;
  readonly onSelect: (on: boolean) => void;
}

function PacketRow({ row, selected, onSelect }: PacketRowProps) {
  return (
    <Table.Tr {...(selected ? { bg: 'var(--mantine-color-line-light)' } : {})}>
      <Table.Td>
        <Checkbox
          aria-label={text.queue.selectRow(row.fileName)}
          checked={selected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td maw={290}>
        <Text size="sm" truncate title={row.fileName}>
          {row.fileName}
        </Text>
        <Text size="sm" c="dimmed">
          {row.files === 0 ? text.queue.noFiles : text.queue.packetFiles(row.files)} ·{' '}
          <Bytes value={row.sizeBytes} />
        </Text>
      </Table.Td>
      <Table.Td>
        <StateBadge tone={tones[row.state]}>{text.queue.states[row.state]}</StateBadge>
      </Table.Td>
      <Table.Td maw={380}>
        {row.kind === 'void' ? <Text size="sm">{text.queue.voidPacket}</Text> : <QueueNote row={row} />}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time ms={row.createdMs} />
      </Table.Td>
      <Table.Td>
        <QueueRowActions row={row} onShowFiles={() => showFiles(row)} />
      </Table.Td>
    </Table.Tr>
  );
}

function showFiles(row: QueueRow): void {
  const title = text.queue.filesTitle(row.fileName);
  modals.open({
    title,
    size: 'xl',
    children: (
      <Box>
        <PacketFiles packetId={row.packetId} label={text.queue.filesOf} />
      </Box>
    ),
  });
}
