import { Anchor, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { defaultPort } from '../../../shared/settings.ts';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';
import { withProtocol } from './ftpForm.ts';

/** Where the shared home directory is. */
export function ServerFields({ form }: { readonly form: FtpFormHandle }) {
  const folder = form.values.protocol === 'folder';
  const proposed = defaultPort(form.values);
  return (
    <Stack gap="sm">
      <Select
        label={text.ftp.protocol}
        data={[
          { value: 'ftp', label: text.ftp.protocols.ftp },
          { value: 'sftp', label: text.ftp.protocols.sftp },
          { value: 'folder', label: text.ftp.protocols.folder },
        ]}
        allowDeselect={false}
        data-autofocus
        {...form.getInputProps('protocol')}
        onChange={(value) => form.setValues(withProtocol(form.values, value ?? 'ftp'))}
      />
      {folder ? null : (
        <Group gap="sm" align="flex-start" wrap="nowrap">
          <TextInput
            label={text.ftp.host}
            placeholder={text.ftp.hostPlaceholder}
            flex={1}
            spellCheck={false}
            autoComplete="off"
            required
            {...form.getInputProps('host')}
          />
          <NumberInput
            label={text.ftp.port}
            w={110}
            hideControls
            allowDecimal={false}
            allowNegative={false}
            required
            description={
              Number(form.values.port) === proposed ? undefined : (
                <Anchor
                  component="button"
                  type="button"
                  size="xs"
                  onClick={() => form.setFieldValue('port', proposed)}
                >
                  {text.ftp.portUseDefault(proposed)}
                </Anchor>
              )
            }
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            {...form.getInputProps('port')}
          />
        </Group>
      )}
      <TextInput
        label={text.ftp.homeDir}
        description={folder ? text.ftp.homeDirFolderDescription : text.ftp.homeDirDescription}
        spellCheck={false}
        autoComplete="off"
        required
        {...form.getInputProps('homeDir')}
      />
    </Stack>
  );
}
