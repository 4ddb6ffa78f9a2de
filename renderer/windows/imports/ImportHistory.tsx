import { Anchor, Button, Group, Loader, Paper, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { ImportRow } from '../../../shared/importReport.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { formatTime } from '../../parts/formatTime.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { formatPlace } from '../../state/place.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { outcomeOf, toneOf } from './importTones.ts';

const pageSize = 25;

/** Past imports, newest first. */
export function ImportHistory({ channels }: { readonly channels: readonly string[] }) {
  const client = useClient();
  const [channel, setChannel] = useState<string | null>(null);
  const [limit, setLimit] = useState(pageSize);
  const read = useCallback(
    () => client.call('imports.list', { limit, ...(channel === null ? {} : { channel }) }),
    [client, channel, limit],
  );
  const { value: rows, error } = useReading('imports', read);
  const words = text.imports;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <Title order={2}>{words.history}</Title>
        <Select
          aria-label={words.channelFilter}
          placeholder={words.all}
          data={[...channels]}
          value={channel}
          onChange={setChannel}
          clearable
          clearButtonProps={{ 'aria-label': words.all }}
          w={220}
        />
      </Group>
      {error === undefined ? null : <ErrorNote error={error} />}
      {rows === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : (
        <Paper p={0}>
          {rows.length === 0 ? (
            <Text c="dimmed" p="lg">
              {words.historyNone}
            </Text>
          ) : (
            <HistoryTable rows={rows} />
          )}
        </Paper>
      )}
      {rows !== undefined && rows.length === limit && limit < 1000 ? (
        <Group justify="center">
          <Button variant="light" onClick={() => setLimit(Math.min(1000, limit * 4))}>
            {words.more}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function HistoryTable({ rows }: { readonly rows: readonly ImportRow[] }) {
  const { columns, historyLabel, open } = text.imports;
  return (
    <Table.ScrollContainer minWidth={680} type="native">
      <Table aria-label={historyLabel} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.begun}</Table.Th>
            <Table.Th>{columns.channel}</Table.Th>
            <Table.Th>{columns.outcome}</Table.Th>
            <Table.Th>{columns.file}</Table.Th>
            <Table.Th ta="right">{columns.taken}</Table.Th>
            <Table.Th ta="right">{columns.rejected}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.runId}>
              <Table.Th scope="row" fw={400} style={{ whiteSpace: 'nowrap' }}>
                <Anchor
                  href={formatPlace({ window: 'imports', within: ['run', row.runId] })}
                  aria-label={open(formatTime(row.startedMs))}
                >
                  <Time ms={row.startedMs} />
                </Anchor>
              </Table.Th>
              <Table.Td>{`${row.channel}, ${row.set}`}</Table.Td>
              <Table.Td>
                <StateBadge tone={toneOf(row)} title={row.error?.message}>
                  {outcomeOf(row)}
                </StateBadge>
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={1}>
                  {row.source}
                </Text>
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {text.common.count(row.counts.accepted)}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {text.common.count(row.counts.rejected)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
