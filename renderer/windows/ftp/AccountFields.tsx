import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';
import { KeyFields } from './KeyFields.tsx';
import { LogonTypeField } from './LogonTypeField.tsx';
import { SecretField } from './SecretField.tsx';

interface AccountFieldsProps {
  readonly form: FtpFormHandle;
  readonly hasPassword: boolean;
  readonly hasPassphrase: boolean;
}

/** Who logs in, and by what: a password, with SFTP also the server's own questions or a key. */
export function AccountFields({ form, hasPassword, hasPassphrase }: AccountFieldsProps) {
  const { protocol, logonType } = form.values;
  const sftp = protocol === 'sftp';
  const byKey = sftp && logonType === 'key-file';
  const interactive = sftp && logonType === 'interactive';
  return (
    <Stack gap="sm">
      {sftp ? <LogonTypeField form={form} /> : null}
      <SimpleGrid cols={{ base: 1, xs: byKey ? 1 : 2 }} spacing="sm">
        <TextInput
          label={text.ftp.username}
          spellCheck={false}
          autoComplete="off"
          {...form.getInputProps('username')}
        />
        {byKey ? null : (
          <SecretField
            form={form}
            field="password"
            changing="changePassword"
            label={text.ftp.password}
            saved={hasPassword}
            {...(interactive ? { description: text.ftp.passwordUnattended } : {})}
          />
        )}
      </SimpleGrid>
      {byKey ? <KeyFields form={form} hasPassphrase={hasPassphrase} /> : null}
    </Stack>
  );
}
