import { SimpleGrid, TextInput } from '@mantine/core';
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
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label={text.ftp.username}
        spellCheck={false}
        autoComplete="off"
        {...form.getInputProps('username')}
      />
      <PasswordField form={form} hasPassword={hasPassword} />
    </SimpleGrid>
  );
}
