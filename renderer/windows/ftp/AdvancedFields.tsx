import { Fieldset, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { text } from '../../text/en.ts';
import { TrustedServers } from '../trust/TrustedServers.tsx';
import type { FtpFormHandle } from './formType.ts';
import { withTls } from './ftpForm.ts';

/** What nearly nobody changes. */
export function AdvancedFields({ form }: { readonly form: FtpFormHandle }) {
  const sftp = form.values.protocol === 'sftp';
  return (
    <Stack gap="md" pt="xs">
      {sftp ? null : <TlsFields form={form} />}
      <TrustedServers
        onRemoved={({ fingerprint }) => {
          // The setting is gone with its entry, and saving must not bring it back.
          if (fingerprint === form.values.pinnedFingerprintSha256)
            form.setFieldValue('pinnedFingerprintSha256', '');
        }}
      />
      {sftp ? null : <DataConnectionFields form={form} />}
      <LimitFields form={form} />
    </Stack>
  );
}

function TlsFields({ form }: { readonly form: FtpFormHandle }) {
  return (
    <Fieldset legend={text.ftp.tls}>
      <Stack gap="sm">
        <Switch
          label={text.ftp.implicitTls}
          description={text.ftp.implicitTlsDescription}
          checked={form.values.implicitTls}
          onChange={(event) =>
            form.setValues(withTls(form.values, { implicitTls: event.currentTarget.checked }))
          }
        />
        <Select
          label={text.ftp.minimumTlsVersion}
          data={[
            { value: 'TLSv1.2', label: text.ftp.tlsVersions['TLSv1.2'] },
            { value: 'TLSv1.3', label: text.ftp.tlsVersions['TLSv1.3'] },
          ]}
          allowDeselect={false}
          {...form.getInputProps('minimumTlsVersion')}
        />
        <TextInput
          label={text.ftp.certificateAuthorityFile}
          description={text.ftp.certificateAuthorityFileDescription}
          spellCheck={false}
          {...form.getInputProps('certificateAuthorityFile')}
        />
        {form.getInitialValues().pinnedFingerprintSha256 === '' ? null : (
          <TextInput
            label={text.ftp.pinnedFingerprint}
            description={text.ftp.pinnedFingerprintDescription}
            spellCheck={false}
            {...form.getInputProps('pinnedFingerprintSha256')}
          />
        )}
      </Stack>
    </Fieldset>
  );
}

function DataConnectionFields({ form }: { readonly form: FtpFormHandle }) {
  return (
    <Fieldset legend={text.ftp.dataConnections}>
      <Stack gap="sm">
        <Select
          label={text.ftp.passiveAddress}
          description={text.ftp.passiveAddressDescription}
          data={[
            { value: 'automatic', label: text.ftp.passiveAddresses.automatic },
            { value: 'use-it', label: text.ftp.passiveAddresses['use-it'] },
            { value: 'control-host', label: text.ftp.passiveAddresses['control-host'] },
          ]}
          allowDeselect={false}
          {...form.getInputProps('passiveAddress')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <NumberInput
            label={text.ftp.activePortsFrom}
            description={text.ftp.activePortsDescription}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            hideControls
            allowDecimal={false}
            allowNegative={false}
            {...form.getInputProps('activePortsFrom')}
          />
          <NumberInput
            label={text.ftp.activePortsThrough}
            hideControls
            allowDecimal={false}
            allowNegative={false}
            {...form.getInputProps('activePortsThrough')}
          />
        </SimpleGrid>
        <TextInput
          label={text.ftp.activeAddress}
          description={text.ftp.activeAddressDescription}
          spellCheck={false}
          {...form.getInputProps('activeAddress')}
        />
      </Stack>
    </Fieldset>
  );
}

function LimitFields({ form }: { readonly form: FtpFormHandle }) {
  const seconds = { hideControls: true, allowNegative: false, suffix: text.ftp.secondsUnit } as const;
  const rate = { ...seconds, suffix: text.ftp.rateUnit } as const;
  return (
    <Fieldset legend={text.ftp.limits}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <NumberInput
          label={text.ftp.connectTimeout}
          {...seconds}
          {...form.getInputProps('connectTimeoutSeconds')}
        />
        <NumberInput
          label={text.ftp.replyTimeout}
          {...seconds}
          {...form.getInputProps('replyTimeoutSeconds')}
        />
        <NumberInput
          label={text.ftp.stallTimeout}
          {...seconds}
          {...form.getInputProps('stallTimeoutSeconds')}
        />
        <NumberInput
          label={text.ftp.connections}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          {...form.getInputProps('connections')}
        />
        <NumberInput
          label={text.ftp.upload}
          description={text.ftp.rateDescription}
          {...rate}
          {...form.getInputProps('uploadKilobytesPerSecond')}
        />
        <NumberInput
          label={text.ftp.download}
          description={text.ftp.rateDescription}
          {...rate}
          {...form.getInputProps('downloadKilobytesPerSecond')}
        />
        <NumberInput
          label={text.ftp.keepAlive}
          description={text.ftp.keepAliveDescription}
          {...seconds}
          {...form.getInputProps('keepAliveSeconds')}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
