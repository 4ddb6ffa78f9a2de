import { Button, Group, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { text } from '../../text/en.ts';
import { CreateKeyDialog } from './CreateKeyDialog.tsx';
import type { FtpFormHandle } from './formType.ts';
import { SecretField } from './SecretField.tsx';

interface KeyFieldsProps {
  readonly form: FtpFormHandle;
  readonly hasPassphrase: boolean;
}

/** The key that logs on: one in a file, or those that the ssh-agent holds. */
export function KeyFields({ form, hasPassphrase }: KeyFieldsProps) {
  const [creating, create] = useDisclosure(false);
  const { useSshAgent } = form.values;
  return (
    <Stack gap="sm">
      <Switch
        label={text.ftp.useSshAgent}
        description={text.ftp.useSshAgentDescription}
        checked={useSshAgent}
        onChange={(event) => form.setFieldValue('useSshAgent', event.currentTarget.checked)}
      />
      {useSshAgent ? null : (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={text.ftp.keyFile}
              description={text.ftp.keyFileDescription}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              spellCheck={false}
              autoComplete="off"
              required
              {...form.getInputProps('keyFile')}
            />
            <SecretField
              form={form}
              field="passphrase"
              changing="changePassphrase"
              label={text.ftp.passphrase}
              saved={hasPassphrase}
              description={text.ftp.passphraseDescription}
            />
          </SimpleGrid>
          <Group>
            <Button variant="default" leftSection={<IconKey size={18} aria-hidden />} onClick={create.open}>
              {text.ftp.createKey}
            </Button>
          </Group>
          <CreateKeyDialog
            opened={creating}
            onClose={create.close}
            onMade={({ keyFile, passphrase }) =>
              form.setValues({ keyFile, passphrase, changePassphrase: true })
            }
          />
        </>
      )}
    </Stack>
  );
}
