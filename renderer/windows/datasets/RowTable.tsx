import { Table, Text } from '@mantine/core';
import type { DataRow, DatasetView } from '../../../shared/contract/recordsCalls.ts';
import type { Cell } from '../../../shared/dataset.ts';
import { SortHeader } from '../../parts/table/SortHeader.tsx';
import type { Sorting } from '../../parts/table/sortRows.ts';
import { text } from '../../text/en.ts';
import { columnTitle, titleOf } from './titleOf.ts';

type Column = DatasetView['schema']['columns'][number];

const figures: ReadonlySet<Column['type']> = new Set(['integer', 'decimal']);

interface RowTableProps {
  readonly view: DatasetView;
  readonly rows: readonly DataRow[];
  readonly withSet: boolean;
  readonly sorting: Sorting<string>;
  readonly onSort: (sorting: Sorting<string>) => void;
}

/** A page of rows. */
export function RowTable({ view, rows, withSet, sorting, onSort }: RowTableProps) {
  const words = text.datasets;
  const { columns } = view.schema;
  const label = words.rowsTable(titleOf(view));
  return (
    <Table.ScrollContainer
      minWidth={Math.max(700, 120 * columns.length)}
      type="native"
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <Table aria-label={label} verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {withSet ? <Table.Th>{words.set}</Table.Th> : null}
            <Table.Th ta="right">{words.rowNumber}</Table.Th>
            {columns.map((column) => (
              <SortHeader
                key={column.name}
                column={column.name}
                label={columnTitle(column)}
                sorting={sorting}
                onSort={onSort}
                right={figures.has(column.type)}
              />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.set} ${row.number}`}>
              {withSet ? <Table.Td style={{ whiteSpace: 'nowrap' }}>{row.set}</Table.Td> : null}
              <Table.Td ta="right" className="figures" c="dimmed">
                {text.common.count(row.number)}
              </Table.Td>
              {columns.map((column) => (
                <Table.Td
                  key={column.name}
                  maw={320}
                  {...(figures.has(column.type) ? { ta: 'right' as const, className: 'figures' } : {})}
                >
                  <CellText value={row.values[column.name] ?? null} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Numbers and dates stand as they are kept, so that what is read can be searched for. */
function CellText({ value }: { readonly value: Cell }) {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? text.datasets.yes : text.datasets.no;
  const shown = String(value);
  return (
    <Text size="sm" truncate title={shown.length > 30 ? shown : undefined}>
      {shown}
    </Text>
  );
}
