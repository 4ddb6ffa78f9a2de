import { Group, NumberInput, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Section } from '../../parts/Section.tsx';
import { Time } from '../../parts/Time.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { type SettingsForm, scheduleSentence, timeOfDay } from './settingsForm.ts';

export function ScheduleSection({ form }: { readonly form: UseFormReturnType<SettingsForm> }) {
  const nextRunMs = useApp((app) => app.site?.nextRunMs);
  const isStore = useApp((app) => app.site?.settings?.site.role === 'store');
  const { enabled } = form.values;
  return (
    <Section title={text.settings.schedule} description={text.settings.scheduleDescription}>
      <Stack gap="md">
        <Switch
          label={text.settings.scheduleEnabled}
          description={scheduleSentence(form.values)}
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        {enabled ? <ScheduleFields form={form} /> : null}
        {enabled && isStore ? (
          <Switch
            label={text.settings.spread}
            description={text.settings.spreadDescription}
            {...form.getInputProps('spread', { type: 'checkbox' })}
          />
        ) : null}
        {enabled && nextRunMs !== undefined && !form.isDirty() ? (
          <Text size="sm" c="dimmed">
            {text.settings.nextRun} <Time ms={nextRunMs} />
          </Text>
        ) : null}
      </Stack>
    </Section>
  );
}

function ScheduleFields({ form }: { readonly form: UseFormReturnType<SettingsForm> }) {
  const setTimes = (typed: string[]) => {
    const wrong = typed.find((entry) => timeOfDay(entry) === undefined);
    const times = typed.map(timeOfDay).filter((time) => time !== undefined);
    form.setFieldValue('at', [...new Set(times)].toSorted());
    if (wrong !== undefined) form.setFieldError('at', text.settings.notATime(wrong));
  };
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <NumberInput
          label={text.settings.every}
          description={text.settings.everyDescription}
          suffix={text.settings.everySuffix}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          w={220}
          {...form.getInputProps('everyMinutes')}
        />
        <TextInput type="time" label={text.settings.from} w={150} {...form.getInputProps('from')} />
        <TextInput
          type="time"
          label={text.settings.through}
          description={text.settings.hoursDescription}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          w={220}
          {...form.getInputProps('through')}
        />
      </Group>
      <TagsInput
        label={text.settings.at}
        description={text.settings.atDescription}
        placeholder={form.values.at.length === 0 ? text.settings.atPlaceholder : ''}
        splitChars={[',', ' ', ';']}
        clearable={false}
        value={form.values.at}
        error={form.errors['at']}
        onChange={setTimes}
      />
    </Stack>
  );
}
