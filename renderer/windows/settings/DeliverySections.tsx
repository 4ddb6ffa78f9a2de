import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import type { SettingsForm } from './settingsForm.ts';

interface DeliverySectionsProps {
  readonly form: UseFormReturnType<SettingsForm>;
  readonly central: boolean;
}

const plain = { hideControls: true, allowNegative: false } as const;
const columns = { cols: { base: 1, xs: 2 }, spacing: 'md', verticalSpacing: 'sm' } as const;

export function DeliverySections({ form, central }: DeliverySectionsProps) {
  return (
    <>
      <Section title={text.settings.delivery} description={text.settings.deliveryDescription}>
        <SimpleGrid {...columns} cols={{ base: 1, xs: 3 }}>
          <NumberInput
            label={text.settings.retries}
            allowDecimal={false}
            {...plain}
            {...form.getInputProps('retries')}
          />
          <NumberInput
            label={text.settings.firstRetry}
            suffix={text.settings.secondsUnit}
            {...plain}
            {...form.getInputProps('firstRetrySeconds')}
          />
          <NumberInput
            label={text.settings.longestRetry}
            suffix={text.settings.secondsUnit}
            {...plain}
            {...form.getInputProps('longestRetrySeconds')}
          />
        </SimpleGrid>
        <SimpleGrid {...columns}>
          <NumberInput
            label={text.settings.suspendAfter}
            description={text.settings.suspendAfterDescription}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            allowDecimal={false}
            {...plain}
            {...form.getInputProps('failures')}
          />
          <NumberInput
            label={text.settings.suspendFor}
            description={text.settings.suspendForDescription}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            suffix={text.settings.minutesUnit}
            {...plain}
            {...form.getInputProps('minutes')}
          />
        </SimpleGrid>
        <SimpleGrid {...columns}>
          <Select
            label={text.settings.afterPickup}
            data={[
              { value: 'move', label: text.settings.afterPickups.move },
              { value: 'keep', label: text.settings.afterPickups.keep },
              { value: 'delete', label: text.settings.afterPickups.delete },
            ]}
            allowDeselect={false}
            {...form.getInputProps('afterPickup')}
          />
          <Select
            label={text.settings.existingFile}
            data={[
              { value: 'keep-both', label: text.settings.existingFiles['keep-both'] },
              { value: 'replace', label: text.settings.existingFiles.replace },
              { value: 'refuse', label: text.settings.existingFiles.refuse },
            ]}
            allowDeselect={false}
            {...form.getInputProps('existingFile')}
          />
        </SimpleGrid>
      </Section>
      <Section title={text.settings.retention} description={text.settings.retentionDescription}>
        <SimpleGrid {...columns}>
          <NumberInput
            label={text.settings.backupDays}
            suffix={text.settings.daysUnit}
            {...plain}
            {...form.getInputProps('backupDays')}
          />
          <NumberInput
            label={text.settings.sentDays}
            suffix={text.settings.daysUnit}
            {...plain}
            {...form.getInputProps('sentDays')}
          />
        </SimpleGrid>
      </Section>
      {central ? (
        <Section title={text.settings.oversight} description={text.settings.oversightDescription}>
          <SimpleGrid {...columns}>
            <NumberInput
              label={text.settings.lateAfter}
              suffix={text.settings.hoursUnit}
              {...plain}
              {...form.getInputProps('lateAfterHours')}
            />
            <NumberInput
              label={text.settings.allowance}
              suffix={text.settings.megabytesUnit}
              {...plain}
              {...form.getInputProps('allowanceMegabytes')}
            />
          </SimpleGrid>
        </Section>
      ) : null}
    </>
  );
}
