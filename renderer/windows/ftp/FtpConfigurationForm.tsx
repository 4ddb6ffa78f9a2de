import { Accordion, Badge, Box, Button, Fieldset, Grid, Group, Stack, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { ServerIdentity } from '../../../shared/trust.ts';
import type { CheckKind } from '../../actions/check.ts';
import { saveSettings } from '../../actions/saveSettings.ts';
import { useClient } from '../../api/client.ts';
import { notifyDone } from '../../parts/notify.ts';
import { LostBanner } from '../../shell/LostBanner.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { TrustDialog } from '../trust/TrustDialog.tsx';
import { AccountFields } from './AccountFields.tsx';
import { AdvancedFields } from './AdvancedFields.tsx';
import { CheckPanel } from './CheckPanel.tsx';
import { advancedFields, countAdvancedChanges, type FtpForm, readForm, toForm } from './ftpForm.ts';
import { SaveFailure } from './SaveFailure.tsx';
import { SecurityFields } from './SecurityFields.tsx';
import { ServerFields } from './ServerFields.tsx';
import { useCheck } from './useCheck.ts';

interface FtpConfigurationFormProps {
  readonly settings: Settings;
  readonly hasPassword: boolean;
  readonly hasPassphrase: boolean;
  readonly startWith: CheckKind | undefined;
  readonly onDirty: (dirty: boolean) => void;
  readonly onCancel: () => void;
  readonly onSaved: () => void;
}

export function FtpConfigurationForm(props: FtpConfigurationFormProps) {
  const { settings, hasPassword, hasPassphrase, startWith, onDirty, onCancel, onSaved } = props;
  const client = useClient();
  const form = useForm<FtpForm>({
    initialValues: toForm(settings.ftp, hasPassword, hasPassphrase),
    validateInputOnBlur: true,
    validate: (values) => {
      const read = readForm(values, hasPassword, hasPassphrase);
      return 'errors' in read ? { ...read.errors } : {};
    },
    onValuesChange: () => onDirty(form.isDirty()),
  });
  const check = useCheck();
  const [advanced, setAdvanced] = useState<string | null>(null);
  const saving = check.shown?.kind === 'save' && check.shown.running;
  const [failure, setFailure] = useState<ErrorReport>();
  const [looked, setLooked] = useState<ServerIdentity>();
  const typed = JSON.stringify(form.values);

  /** The candidate, or undefined with the errors at their fields and the first of them in focus. */
  const readOrMark = () => {
    // Not form.values: a field may have been changed by the very act that leads here.
    const read = readForm(form.getValues(), hasPassword, hasPassphrase);
    if ('candidate' in read) {
      form.clearErrors();
      return read.candidate;
    }
    form.setErrors({ ...read.errors });
    const [first] = Object.keys(form.values).filter((field) => field in read.errors);
    if (advancedFields.some((field) => field in read.errors)) setAdvanced('advanced');
    // The field may only now be shown.
    if (first !== undefined) requestAnimationFrame(() => form.getInputNode(first)?.focus());
    return undefined;
  };
  const start = (kind: CheckKind) => {
    const candidate = readOrMark();
    if (candidate !== undefined) void check.start(kind, candidate, typed);
  };
  const save = async (unproven = false) => {
    const candidate = readOrMark();
    if (candidate === undefined) return;
    setFailure(undefined);
    let proven = true;
    const error = await check.save(async (checkId) => {
      const { ftp, password, passphrase } = candidate;
      const saving = { checkId, unproven, passphrase, attended: true };
      const wrong = await saveSettings(client, { ftp }, password, saving);
      proven = useApp.getState().checks[checkId]?.report?.ok !== false;
      return wrong;
    }, typed);
    if (error !== undefined) return setFailure(error);
    notifyDone(proven ? text.ftp.saved : text.ftp.savedUnproven);
    onSaved();
  };

  // What the server shows is asked about once per check; a button brings the question back.
  const untrusted = check.shown?.running === true ? undefined : check.shown?.error?.untrusted;
  const asked = useRef<ServerIdentity>(undefined);
  useEffect(() => {
    if (untrusted === undefined || asked.current === untrusted) return;
    asked.current = untrusted;
    setLooked(untrusted);
  }, [untrusted]);
  const afterTrusting = () => {
    setLooked(undefined);
    // A fingerprint from the settings was replaced; saving must not bring it back.
    form.setFieldValue('pinnedFingerprintSha256', '');
    const kind = check.shown?.kind ?? 'test-connection';
    if (kind === 'save') void save();
    else start(kind);
  };

  // The menu may ask for a check while the dialog is open already.
  const startedWith = useRef<CheckKind>(undefined);
  useEffect(() => {
    if (startedWith.current === startWith) return;
    startedWith.current = startWith;
    if (startWith !== undefined) start(startWith);
  });

  const changes = countAdvancedChanges(form.values);
  const folder = form.values.protocol === 'folder';
  const sftp = form.values.protocol === 'sftp';
  return (
    <form
      noValidate
      aria-label={text.ftp.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm" mb="md">
        <Text c="dimmed" size="sm">
          {text.ftp.sameForBoth}
        </Text>
        <LostBanner />
      </Stack>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Switch
              label={text.ftp.enabled}
              description={text.ftp.enabledDescription}
              {...form.getInputProps('enabled', { type: 'checkbox' })}
            />
            <Fieldset legend={text.ftp.server}>
              <ServerFields form={form} />
            </Fieldset>
            {folder ? null : (
              <>
                <Fieldset legend={text.ftp.account}>
                  <AccountFields form={form} hasPassword={hasPassword} hasPassphrase={hasPassphrase} />
                </Fieldset>
                {sftp ? null : (
                  <Fieldset legend={text.ftp.security}>
                    <SecurityFields form={form} />
                  </Fieldset>
                )}
                <Accordion value={advanced} onChange={setAdvanced} variant="contained" transitionDuration={0}>
                  <Accordion.Item value="advanced">
                    <Accordion.Control>
                      <Group gap="xs">
                        <Text fw={600}>{text.ftp.advanced}</Text>
                        {changes === 0 ? (
                          <Text size="sm" c="dimmed">
                            {text.ftp.advancedDescription}
                          </Text>
                        ) : (
                          <Badge>{text.ftp.advancedChanged(changes)}</Badge>
                        )}
                      </Group>
                    </Accordion.Control>
                    <Accordion.Panel>
                      <AdvancedFields form={form} />
                    </Accordion.Panel>
                  </Accordion.Item>
                </Accordion>
              </>
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Box pos="sticky" top={76}>
            <CheckPanel
              shown={check.shown}
              stale={check.shown !== undefined && check.shown.tried !== typed}
              onStart={start}
              onStop={check.stop}
              onLook={setLooked}
            />
          </Box>
        </Grid.Col>
      </Grid>
      <Stack gap="sm" mt="md" className="dialog-foot">
        {failure === undefined ? null : (
          <SaveFailure
            error={failure}
            proofFailed={check.shown?.kind === 'save' && check.shown.record.report !== undefined}
            onLook={setLooked}
            onSaveAnyway={() => void save(true)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {text.common.cancel}
          </Button>
          <Button type="submit" loading={saving}>
            {text.common.save}
          </Button>
        </Group>
      </Stack>
      <TrustDialog identity={looked} onClose={() => setLooked(undefined)} onTrusted={afterTrusting} />
    </form>
  );
}
