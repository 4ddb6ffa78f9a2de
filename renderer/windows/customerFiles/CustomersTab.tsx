import { Anchor, Button, Loader, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileText, IconSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { CustomerFilesRow } from '../../../shared/contract/customerFilesCalls.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Time } from '../../parts/Time.tsx';
import { PageBar } from '../../parts/table/PageBar.tsx';
import { formatPlace } from '../../state/place.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

const pageSize = 50;

/** Customers with files, page by page: the engine searches, for there may be very many. */
export function CustomersTab() {
  const client = useClient();
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const [search] = useDebouncedValue(typed, 200);
  const first = (page - 1) * pageSize;
  const read = useCallback(
    () => client.call('customerFiles.customers', { search, offset: first, limit: pageSize }),
    [client, search, first],
  );
  const { value, error } = useReading('customer-files', read);
  const words = text.customerFiles;
  if (value?.total === 0 && search === '') {
    return (
      <Paper>
        <EmptyState icon={IconFileText} title={words.noCustomersTitle}>
          {words.noCustomersBody}
        </EmptyState>
      </Paper>
    );
  }
  return (
    <Stack gap="sm">
      <TextInput
        aria-label={words.searchLabel}
        placeholder={words.searchPlaceholder}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPage(1);
        }}
        maxLength={200}
        maw={320}
      />
      {error === undefined ? null : <ErrorNote error={error} />}
      {value === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : value.total === 0 ? (
        <Paper>
          <Stack align="center" py="xl" gap="xs">
            <Text c="dimmed">{words.nothingFound}</Text>
            <Button variant="light" onClick={() => setTyped('')}>
              {words.showAll}
            </Button>
          </Stack>
        </Paper>
      ) : (
        <>
          <Paper p={0}>
            <CustomerTable rows={value.rows} />
          </Paper>
          <PageBar
            page={page}
            pages={Math.max(1, Math.ceil(value.total / pageSize))}
            first={first}
            shown={value.rows.length}
            total={value.total}
            onPage={setPage}
          />
        </>
      )}
    </Stack>
  );
}

function CustomerTable({ rows }: { readonly rows: readonly CustomerFilesRow[] }) {
  const { customerColumns, customersTable } = text.customerFiles;
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label={customersTable} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{customerColumns.name}</Table.Th>
            <Table.Th>{customerColumns.number}</Table.Th>
            <Table.Th ta="right">{customerColumns.files}</Table.Th>
            <Table.Th>{customerColumns.last}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.dataset} ${row.customer}`}>
              <Table.Th scope="row" fw={400} style={{ overflowWrap: 'anywhere' }}>
                <Anchor
                  fw={600}
                  href={formatPlace({
                    window: 'customer-files',
                    within: ['customer', row.dataset, row.customer],
                  })}
                >
                  {row.label}
                </Anchor>
              </Table.Th>
              <Table.Td>{row.number}</Table.Td>
              <Table.Td ta="right" className="figures">
                {text.common.count(row.files)}
              </Table.Td>
              <Table.Td>
                <Time ms={row.lastMs} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
