import { Select } from '@mantine/core';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';

/** How to log on with SFTP. */
export function LogonTypeField({ form }: { readonly form: FtpFormHandle }) {
  return (
    <Select
      label={text.ftp.logonType}
      description={text.ftp.logonTypeDescriptions[form.values.logonType]}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={[
        { value: 'normal', label: text.ftp.logonTypes.normal },
        { value: 'interactive', label: text.ftp.logonTypes.interactive },
        { value: 'key-file', label: text.ftp.logonTypes['key-file'] },
      ]}
      allowDeselect={false}
      {...form.getInputProps('logonType')}
    />
  );
}
