import { Stack, Table, Text } from '@mantine/core';
import type { AlertRow } from '../../../shared/contract/alertsCalls.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { text } from '../../text/en.ts';
import { MailCell } from './MailCell.tsx';

/** Alerts, a row each, with their whole text. */
export function AlertTable({ rows }: { readonly rows: readonly AlertRow[] }) {
  const words = text.alerts;
  return (
    <Table.ScrollContainer minWidth={680} type="native">
      <Table aria-label={words.listLabel} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.columns.raised}</Table.Th>
            <Table.Th>{words.columns.what}</Table.Th>
            <Table.Th>{words.columns.state}</Table.Th>
            <Table.Th>{words.columns.mail}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id} style={{ verticalAlign: 'top' }}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Time ms={row.raisedMs} />
              </Table.Td>
              <Table.Th scope="row">
                <Text size="sm" fw={600}>
                  {row.subject}
                </Text>
                <Text
                  size="sm"
                  fw={400}
                  c="dimmed"
                  style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
                >
                  {row.body}
                </Text>
              </Table.Th>
              <Table.Td>
                <State row={row} />
              </Table.Td>
              <Table.Td>
                <MailCell mail={row.raisedMail} />
                {row.resolvedMail.state === 'none' ? null : (
                  <Stack gap={2} mt="xs">
                    <Text size="xs" c="dimmed">
                      {words.resolvedMail}
                    </Text>
                    <MailCell mail={row.resolvedMail} />
                  </Stack>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function State({ row }: { readonly row: AlertRow }) {
  const words = text.alerts;
  if (row.resolvedMs === undefined) return <StateBadge tone="bad">{words.stands}</StateBadge>;
  return (
    <Stack gap={2} align="flex-start">
      <StateBadge tone="good">{words.resolved}</StateBadge>
      <Text size="xs" c="dimmed">
        <Time ms={row.resolvedMs} />
      </Text>
    </Stack>
  );
}
