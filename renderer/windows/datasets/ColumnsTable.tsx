import { Paper, Table, Text } from '@mantine/core';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { text } from '../../text/en.ts';
import { columnTitle, titleOf } from './titleOf.ts';

/** What a dataset's columns are, and what is asked of their values. */
export function ColumnsTable({ view }: { readonly view: DatasetView }) {
  const words = text.datasets;
  const label = words.columnsTable(titleOf(view));
  const { columns, key } = view.schema;
  return (
    <Paper p={0}>
      <Table.ScrollContainer minWidth={700} type="native" tabIndex={0} role="group" aria-label={label}>
        <Table aria-label={label} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.columnColumns.name}</Table.Th>
              <Table.Th>{words.columnColumns.type}</Table.Th>
              <Table.Th>{words.columnColumns.rules}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <Table.Tr key={column.name}>
                <Table.Th scope="row" fw={400}>
                  <Text fw={600} size="sm">
                    {columnTitle(column)}
                  </Text>
                  {column.title === '' ? null : (
                    <Text size="sm" c="dimmed" ff="monospace">
                      {column.name}
                    </Text>
                  )}
                </Table.Th>
                <Table.Td>{words.types[column.type]}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {rulesOf(column, key.includes(column.name))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function rulesOf(column: DatasetView['schema']['columns'][number], isKey: boolean): string {
  const { rules } = text.datasets;
  const { required, unique, min, max, maxLength, values, pattern, reference, warnings } = column;
  const parts = [
    isKey ? rules.key : required ? rules.required : undefined,
    unique ? rules.unique : undefined,
    min === undefined ? undefined : rules.min(min),
    max === undefined ? undefined : rules.max(max),
    maxLength === undefined ? undefined : rules.maxLength(maxLength),
    values === undefined ? undefined : rules.values(values.join(', ')),
    pattern === undefined ? undefined : rules.pattern(pattern),
    reference === undefined ? undefined : rules.reference(reference.dataset, reference.column),
    warnings.length === 0 ? undefined : rules.warnings(warnings.join(', ')),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? rules.none : parts.join('; ');
}
