import { Group, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { text } from '../../text/en.ts';
import { nextSorting, type Sorting } from './sortRows.ts';

interface SortHeaderProps<Key extends string> {
  readonly column: Key;
  readonly label: string;
  readonly sorting: Sorting<Key>;
  readonly onSort: (sorting: Sorting<Key>) => void;
  /** Which way a first click sorts. */
  readonly usual?: 'asc' | 'desc';
  readonly right?: boolean;
}

/** A column's heading that orders the table: a button inside the heading, so that both keep their meaning. */
export function SortHeader<Key extends string>(props: SortHeaderProps<Key>) {
  const { column, label, sorting, onSort, usual, right = false } = props;
  const active = sorting.key === column;
  const Icon = active ? (sorting.direction === 'asc' ? IconArrowUp : IconArrowDown) : IconArrowsSort;
  return (
    <Table.Th aria-sort={active ? (sorting.direction === 'asc' ? 'ascending' : 'descending') : 'none'}>
      <UnstyledButton
        onClick={() => onSort(nextSorting(sorting, column, usual))}
        title={active ? text.table.sorted[sorting.direction] : undefined}
        w="100%"
      >
        <Group gap={4} wrap="nowrap" justify={right ? 'flex-end' : 'flex-start'}>
          <Text span size="sm" fw={650}>
            {label}
          </Text>
          <Icon size={14} stroke={1.8} opacity={active ? 1 : 0.45} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
