import { Group, Stack, TextInput } from '@mantine/core';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';
import { PasswordField } from './PasswordField.tsx';

export function AccountFields({
  form,
  hasPassword,
}: {
  readonly form: FtpFormHandle;
  readonly hasPassword: boolean;
}) {
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        <TextInput
          label={text.ftp.username}
          spellCheck={false}
          autoComplete="off"
          miw={200}
          {...form.getInputProps('username')}
        />
        <PasswordField form={form} hasPassword={hasPassword} />
      </Group>
    </Stack>
  );
}
