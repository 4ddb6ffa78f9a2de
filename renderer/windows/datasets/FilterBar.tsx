import { Button, Group, Pill, Select, TextInput } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { text } from '../../text/en.ts';
import { columnTitle } from './titleOf.ts';

export type RowFilter = NonNullable<CallInput<'records.rows'>['filters']>[number];
type Operator = RowFilter['operator'];

const operators: readonly Operator[] = [
  'is',
  'is-not',
  'contains',
  'at-least',
  'at-most',
  'empty',
  'not-empty',
];
const withoutValue: ReadonlySet<Operator> = new Set(['empty', 'not-empty']);

interface FilterBarProps {
  readonly schema: DatasetView['schema'];
  readonly filters: readonly RowFilter[];
  readonly onChange: (filters: readonly RowFilter[]) => void;
}

/** The filters in force, and one more. */
export function FilterBar({ schema, filters, onChange }: FilterBarProps) {
  const [column, setColumn] = useState<string>(schema.columns[0]?.name ?? '');
  const [operator, setOperator] = useState<Operator>('is');
  const [value, setValue] = useState('');
  const words = text.datasets;
  const needsValue = !withoutValue.has(operator);
  const add = () => {
    if (needsValue && value.trim() === '') return;
    onChange([...filters, { column, operator, value: needsValue ? value : '' }]);
    setValue('');
  };
  const describe = (filter: RowFilter) => {
    const found = schema.columns.find(({ name }) => name === filter.column);
    const title = found === undefined ? filter.column : columnTitle(found);
    return `${title} ${words.operators[filter.operator]} ${filter.value}`.trim();
  };
  return (
    <form
      aria-label={words.filters}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Group align="flex-end" gap="xs">
        <Select
          label={words.filterColumn}
          data={schema.columns.map((one) => ({ value: one.name, label: columnTitle(one) }))}
          value={column}
          onChange={(name) => name !== null && setColumn(name)}
          allowDeselect={false}
          searchable
          w={200}
        />
        <Select
          label={words.filterOperator}
          data={operators.map((one) => ({ value: one, label: words.operators[one] }))}
          value={operator}
          onChange={(one) => one !== null && setOperator(operators.find((known) => known === one) ?? 'is')}
          allowDeselect={false}
          w={150}
        />
        <TextInput
          label={words.filterValue}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          disabled={!needsValue}
          maxLength={1000}
          w={180}
        />
        <Button type="submit" variant="default" leftSection={<IconFilterPlus size={18} aria-hidden />}>
          {words.addFilter}
        </Button>
        {filters.map((filter, index) => (
          <Pill
            // biome-ignore lint/suspicious/noArrayIndexKey: two filters may be equal, and none moves.
            key={index}
            size="lg"
            withRemoveButton
            onRemove={() => onChange(filters.filter((_filter, other) => other !== index))}
            removeButtonProps={{
              'aria-label': words.removeFilter(describe(filter)),
              'aria-hidden': false,
              tabIndex: 0,
            }}
          >
            {describe(filter)}
          </Pill>
        ))}
      </Group>
    </form>
  );
}
