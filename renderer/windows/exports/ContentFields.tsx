import { Group, MultiSelect, NumberInput, Radio, Stack, Switch, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { text } from '../../text/en.ts';
import { columnTitle } from '../datasets/titleOf.ts';
import type { ExportForm } from './exportForm.ts';

interface ContentFieldsProps {
  readonly form: UseFormReturnType<ExportForm>;
  readonly schema: DatasetView['schema'] | undefined;
}

const below = ['label', 'input', 'error', 'description'] as ('label' | 'input' | 'error' | 'description')[];

/** What a file has, and how long it is kept. */
export function ContentFields({ form, schema }: ContentFieldsProps) {
  const words = text.exports.form;
  return (
    <Stack gap="md">
      <Group grow align="flex-start">
        <MultiSelect
          label={words.columns}
          description={words.columnsDescription}
          inputWrapperOrder={below}
          data={(schema?.columns ?? []).map((column) => ({
            value: column.name,
            label: columnTitle(column),
          }))}
          searchable
          hidePickedOptions
          {...form.getInputProps('columns')}
        />
        <TextInput
          label={words.set}
          description={words.setDescription}
          inputWrapperOrder={below}
          spellCheck={false}
          {...form.getInputProps('set')}
        />
      </Group>
      <Radio.Group label={words.kind} {...form.getInputProps('kind')}>
        <Stack gap={6} mt={6}>
          <Radio value="complete" label={words.kindComplete} />
          <Radio value="changes" label={words.kindChanges} />
        </Stack>
      </Radio.Group>
      <Group align="flex-start" gap="xl">
        <NumberInput
          label={words.keepDays}
          description={words.keepDaysDescription}
          inputWrapperOrder={below}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          w={280}
          {...form.getInputProps('keepDays')}
        />
        <Switch
          label={words.neutralise}
          description={words.neutraliseDescription}
          maw={420}
          mt={6}
          {...form.getInputProps('neutraliseFormulas', { type: 'checkbox' })}
        />
      </Group>
    </Stack>
  );
}
