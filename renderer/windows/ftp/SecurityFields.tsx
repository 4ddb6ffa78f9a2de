import { Stack, Switch, Text } from '@mantine/core';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';
import { withTls } from './ftpForm.ts';

/** Encryption, and who opens the data connection: two things that are often mixed up. */
export function SecurityFields({ form }: { readonly form: FtpFormHandle }) {
  const { enableSsl, passiveMode } = form.values;
  return (
    <Stack gap="md">
      <Switch
        label={text.ftp.enableSsl}
        description={
          enableSsl ? (
            text.ftp.enableSslDescription
          ) : (
            <Text span inherit fw={600} className="warning-text">
              {text.ftp.noSslWarning}
            </Text>
          )
        }
        checked={enableSsl}
        onChange={(event) => form.setValues(withTls(form.values, { enableSsl: event.currentTarget.checked }))}
      />
      <Switch
        label={text.ftp.passiveMode}
        description={text.ftp.passiveModeDescription}
        checked={passiveMode}
        onChange={(event) => form.setFieldValue('passiveMode', event.currentTarget.checked)}
      />
    </Stack>
  );
}
