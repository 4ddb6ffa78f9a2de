import { Group, NumberInput, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { text } from '../../text/en.ts';
import { timeOfDay } from '../settings/settingsForm.ts';
import type { ExportForm } from './exportForm.ts';

/** When an export runs by itself. */
export function WhenFields({ form }: { readonly form: UseFormReturnType<ExportForm> }) {
  const words = text.exports.form;
  const { when, at } = form.values;
  const setTimes = (typed: string[]) => {
    const wrong = typed.find((entry) => timeOfDay(entry) === undefined);
    const times = typed.map(timeOfDay).filter((time) => time !== undefined);
    form.setFieldValue('at', [...new Set(times)].toSorted());
    if (wrong !== undefined) form.setFieldError('at', words.notATime(wrong));
  };
  return (
    <Stack gap="sm">
      <Radio.Group label={words.when} {...form.getInputProps('when')}>
        <Group mt={6}>
          <Radio value="demand" label={words.whenDemand} />
          <Radio value="every" label={words.whenEvery} />
          <Radio value="at" label={words.whenAt} />
        </Group>
      </Radio.Group>
      {when === 'every' ? (
        <Group align="flex-start">
          <NumberInput
            label={words.every}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            w={140}
            {...form.getInputProps('everyMinutes')}
          />
          <TextInput type="time" label={words.from} w={140} {...form.getInputProps('from')} />
          <TextInput
            type="time"
            label={words.through}
            description={words.hoursHint}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            w={240}
            {...form.getInputProps('through')}
          />
        </Group>
      ) : null}
      {when === 'at' ? (
        <TagsInput
          label={words.at}
          description={words.atDescription}
          splitChars={[',', ' ', ';']}
          clearable={false}
          value={at}
          error={form.errors['at']}
          onChange={setTimes}
        />
      ) : null}
    </Stack>
  );
}
