import { Input, SegmentedControl, Stack, Switch } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useId } from 'react';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import type { SettingsForm } from './settingsForm.ts';

export function DesktopSection({ form }: { readonly form: UseFormReturnType<SettingsForm> }) {
  const themeId = useId();
  return (
    <>
      <Section title={text.settings.appearance}>
        <Stack gap={4} align="flex-start">
          <Input.Label labelElement="div" id={themeId}>
            {text.settings.theme}
          </Input.Label>
          <SegmentedControl
            aria-labelledby={themeId}
            data={[
              { value: 'system', label: text.settings.themes.system },
              { value: 'light', label: text.settings.themes.light },
              { value: 'dark', label: text.settings.themes.dark },
            ]}
            {...form.getInputProps('theme')}
          />
        </Stack>
      </Section>
      <Section title={text.settings.program}>
        <Stack gap="md">
          <Switch
            label={text.settings.keepRunning}
            description={text.settings.keepRunningDescription}
            {...form.getInputProps('keepRunningWhenClosed', { type: 'checkbox' })}
          />
          <Switch
            label={text.settings.startAtLogIn}
            description={text.settings.startAtLogInDescription}
            {...form.getInputProps('startAtLogIn', { type: 'checkbox' })}
          />
        </Stack>
      </Section>
    </>
  );
}
