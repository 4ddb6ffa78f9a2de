import { Anchor, Table, Text } from '@mantine/core';
import type { StoreRow } from '../../../shared/contract/rows.ts';
import { useClient } from '../../api/client.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { SortHeader } from '../../parts/table/SortHeader.tsx';
import type { Sorting } from '../../parts/table/sortRows.ts';
import { text } from '../../text/en.ts';
import { openStore } from './openStore.tsx';
import { StoreEditions } from './StoreEditions.tsx';
import { StoreSpace } from './StoreSpace.tsx';
import { type StoreColumn, storeTones } from './storeRows.ts';

/** Its end that a person looks for first, where that is not the smallest. */
const largestFirst: ReadonlySet<StoreColumn> = new Set(['waiting', 'gaps', 'space']);
const figures: ReadonlySet<StoreColumn> = new Set(['waiting', 'gaps']);
const order: readonly StoreColumn[] = [
  'store',
  'state',
  'lastIn',
  'lastOut',
  'waiting',
  'gaps',
  'space',
  'editions',
  'version',
];

interface StoreTableProps {
  readonly rows: readonly StoreRow[];
  readonly withSets: boolean;
  readonly sorting: Sorting<StoreColumn>;
  readonly onSort: (sorting: Sorting<StoreColumn>) => void;
}

/** A page of stores. */
export function StoreTable({ rows, withSets, sorting, onSort }: StoreTableProps) {
  const { columns, tableLabel } = text.stores;
  return (
    <Table.ScrollContainer minWidth={withSets ? 1100 : 960} type="native">
      <Table aria-label={tableLabel} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {order
              .filter((column) => withSets || column !== 'editions')
              .map((column) => (
                <SortHeader
                  key={column}
                  column={column}
                  label={columns[column]}
                  sorting={sorting}
                  onSort={onSort}
                  right={figures.has(column)}
                  usual={largestFirst.has(column) ? 'desc' : 'asc'}
                />
              ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.name} row={row} withSets={withSets} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ row, withSets }: { readonly row: StoreRow; readonly withSets: boolean }) {
  const client = useClient();
  const words = text.stores;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} maw={260}>
        <Anchor component="button" type="button" fw={650} onClick={() => openStore(client, row)} ta="left">
          {row.name}
        </Anchor>
        <Text size="sm" c="dimmed" truncate title={row.label}>
          {row.label}
        </Text>
      </Table.Th>
      <Table.Td maw={280}>
        <StateBadge tone={storeTones[row.state]}>{words.states[row.state]}</StateBadge>
        {row.state === 'ok' ? null : (
          <Text size="sm" c="dimmed" lineClamp={2} title={row.reason}>
            {row.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Moment ms={row.lastInMs} />
      </Table.Td>
      <Table.Td>
        <Moment ms={row.lastOutMs} />
      </Table.Td>
      <Table.Td ta="right" className="figures">
        {text.common.count(row.waiting)}
      </Table.Td>
      <Table.Td ta="right" className="figures" fw={row.gaps > 0 ? 650 : 400}>
        {text.common.count(row.gaps)}
      </Table.Td>
      <Table.Td>
        <StoreSpace row={row} />
      </Table.Td>
      {withSets ? (
        <Table.Td>
          <StoreEditions editions={row.editions} />
        </Table.Td>
      ) : null}
      <Table.Td>{row.version === '' ? <Text c="dimmed">{words.unknown}</Text> : row.version}</Table.Td>
    </Table.Tr>
  );
}

function Moment({ ms }: { readonly ms: number | undefined }) {
  if (ms === undefined) return <Text c="dimmed">{text.stores.never}</Text>;
  return <Time ms={ms} as="ago" />;
}
