import { Checkbox, Fieldset, Grid, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { mailAddressSchema } from '../../../shared/mailSettings.ts';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import { MailPassword } from './MailPassword.tsx';
import { MailTest } from './MailTest.tsx';
import type { SettingsForm } from './settingsForm.ts';

interface MailSectionProps {
  readonly form: UseFormReturnType<SettingsForm>;
  readonly central: boolean;
}

const below = {
  inputWrapperOrder: ['label', 'input', 'error', 'description'] as (
    | 'label'
    | 'input'
    | 'error'
    | 'description'
  )[],
};

/** Who is told of trouble, by which mail server, and a button that tries it. */
export function MailSection({ form, central }: MailSectionProps) {
  const words = text.mail;
  const setRecipients = (typed: string[]) => {
    const wrong = typed.find((address) => !mailAddressSchema.safeParse(address.trim()).success);
    const good = typed
      .map((address) => address.trim())
      .filter((address) => mailAddressSchema.safeParse(address).success);
    form.setFieldValue('recipients', [...new Set(good)]);
    if (wrong !== undefined) form.setFieldError('recipients', words.notAnAddress(wrong));
  };
  return (
    <Section title={words.title} description={words.description}>
      <Stack gap="sm">
        <Grid gap="md">
          <Grid.Col span={{ base: 12, xs: 6 }}>
            <TextInput
              label={words.host}
              placeholder={words.hostPlaceholder}
              description={words.hostDescription}
              {...below}
              spellCheck={false}
              autoComplete="off"
              {...form.getInputProps('host')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 4, xs: 2 }}>
            <NumberInput
              label={words.port}
              hideControls
              allowDecimal={false}
              allowNegative={false}
              {...form.getInputProps('port')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 8, xs: 4 }}>
            <Select
              label={words.security}
              data={[
                { value: 'starttls', label: words.securities.starttls },
                { value: 'tls', label: words.securities.tls },
                { value: 'none', label: words.securities.none },
              ]}
              allowDeselect={false}
              {...form.getInputProps('security')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, xs: 6 }}>
            <TextInput
              label={words.username}
              description={words.usernameDescription}
              {...below}
              spellCheck={false}
              autoComplete="off"
              {...form.getInputProps('username')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, xs: 6 }}>
            <MailPassword form={form} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, xs: 6 }}>
            <TextInput
              label={words.sender}
              placeholder={words.senderPlaceholder}
              spellCheck={false}
              autoComplete="off"
              {...form.getInputProps('sender')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, xs: 6 }}>
            <TagsInput
              label={words.recipients}
              description={words.recipientsDescription}
              {...below}
              splitChars={[',', ' ', ';']}
              value={form.values.recipients}
              error={form.errors['recipients']}
              onChange={setRecipients}
            />
          </Grid.Col>
          {form.values.security === 'none' ? null : (
            <Grid.Col span={12}>
              <TextInput
                label={words.authority}
                description={words.authorityDescription}
                {...below}
                spellCheck={false}
                autoComplete="off"
                {...form.getInputProps('certificateAuthorityFile')}
              />
            </Grid.Col>
          )}
        </Grid>
        <Fieldset legend={words.kinds}>
          <Stack gap="xs">
            {kindsFor(central).map((kind) => (
              <Checkbox
                key={kind}
                label={words.kindNames[kind]}
                {...form.getInputProps(kind, { type: 'checkbox' })}
              />
            ))}
          </Stack>
        </Fieldset>
        <MailTest form={form} />
      </Stack>
    </Section>
  );
}

type Kind = keyof typeof text.mail.kindNames;

/** Only the central site watches stores. */
function kindsFor(central: boolean): Kind[] {
  const kinds: Kind[] = ['suspensionAlert', 'skippedPacket', 'untrustedServer', 'failedImport'];
  return central ? [...kinds, 'lateStore'] : kinds;
}
