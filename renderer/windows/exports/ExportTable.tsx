import { Table, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ExportProgressView, ExportView } from '../../../shared/contract/exportsCalls.ts';
import { useClient } from '../../api/client.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { text } from '../../text/en.ts';
import { describeExport } from './describeExport.ts';
import { ExportActions } from './ExportActions.tsx';

/** The exports: when each runs next, what it wrote last, and how that went. */
export function ExportTable({ views }: { readonly views: readonly ExportView[] }) {
  const client = useClient();
  const [progress, setProgress] = useState<Readonly<Record<string, ExportProgressView>>>({});
  useEffect(
    () =>
      client.on('exports.progress', (event) =>
        setProgress((before) => ({ ...before, [event.runId]: event.progress })),
      ),
    [client],
  );
  const { columns, tableTitle } = text.exports;
  return (
    <Table.ScrollContainer minWidth={900} type="native">
      <Table aria-label={tableTitle} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.name}</Table.Th>
            <Table.Th>{columns.folder}</Table.Th>
            <Table.Th>{columns.next}</Table.Th>
            <Table.Th>{columns.last}</Table.Th>
            <Table.Th>{columns.state}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {views.map((view) => {
            const told = view.active && (progress[view.active.runId] ?? view.active.progress);
            return <Row key={view.settings.name} view={view} progress={told} />;
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({
  view,
  progress,
}: {
  readonly view: ExportView;
  readonly progress: ExportProgressView | undefined;
}) {
  const { settings, nextMs, lastFile } = view;
  const words = text.exports;
  const { tone, state, detail } = describeExport(view, progress);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={650}>
        {settings.name}
        <Text size="sm" c="dimmed">
          {settings.set === undefined ? settings.dataset : `${settings.dataset}/${settings.set}`},{' '}
          {words.kinds[settings.kind]}
        </Text>
      </Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{settings.folder}</Table.Td>
      <Table.Td>
        {nextMs === undefined ? (
          <Text inherit c="dimmed">
            {words.onDemand}
          </Text>
        ) : (
          <Time ms={nextMs} />
        )}
      </Table.Td>
      <Table.Td>
        {lastFile?.fileName === undefined ? (
          <Text inherit c="dimmed">
            {words.noFile}
          </Text>
        ) : (
          <>
            <Text inherit style={{ whiteSpace: 'nowrap' }}>
              {lastFile.fileName}
            </Text>
            <Text size="sm" c="dimmed">
              {words.rows(lastFile.rows)}
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td maw={320}>
        <StateBadge tone={tone}>{state}</StateBadge>
        {detail === '' ? null : (
          <Text size="sm" c="dimmed" lineClamp={3} title={detail}>
            {detail}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <ExportActions view={view} />
      </Table.Td>
    </Table.Tr>
  );
}
