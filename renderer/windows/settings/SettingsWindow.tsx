import { Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import { saveSettings } from '../../actions/saveSettings.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { SaveBar } from '../../parts/SaveBar.tsx';
import { useFollowSaved } from '../../parts/useFollowSaved.ts';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { DeliverySections } from './DeliverySections.tsx';
import { DesktopSection } from './DesktopSection.tsx';
import { MailSection } from './MailSection.tsx';
import { mailPasswordChange } from './mailForm.ts';
import { ScheduleSection } from './ScheduleSection.tsx';
import { readSettingsForm, type SettingsForm, toSettingsForm } from './settingsForm.ts';
import { UpkeepSection } from './UpkeepSection.tsx';

export function SettingsWindow() {
  const site = useApp((app) => app.site);
  if (site?.settings === undefined) return null;
  return (
    <WindowFrame title={text.settings.title} description={text.settings.description}>
      <SettingsFormView settings={site.settings} />
      <UpkeepSection />
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {text.settings.about(site.version, site.dataDir)}
      </Text>
    </WindowFrame>
  );
}

function SettingsFormView({ settings }: { readonly settings: Settings }) {
  const client = useClient();
  const saved = toSettingsForm(settings);
  const form = useForm<SettingsForm>({
    initialValues: saved,
    validateInputOnBlur: true,
    validate: (values) => {
      const read = readSettingsForm(values, settings);
      return 'errors' in read ? { ...read.errors } : {};
    },
  });
  useFollowSaved(form, saved);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();
  const save = form.onSubmit(
    async (values) => {
      const read = readSettingsForm(values, settings);
      if ('errors' in read) return form.setErrors({ ...read.errors });
      setSaving(true);
      const error = (await saveSettings(client, read.change)) ?? (await saveMailPassword(client, values));
      setSaving(false);
      setFailure(error);
      if (error === undefined) notifyDone(text.settings.saved);
    },
    (errors) => {
      const [first] = Object.keys(errors);
      if (first !== undefined) form.getInputNode(first)?.focus();
    },
  );
  return (
    <form noValidate onSubmit={save}>
      <Stack gap="lg">
        <ScheduleSection form={form} />
        <DeliverySections form={form} central={settings.site.role === 'central'} />
        <MailSection form={form} central={settings.site.role === 'central'} />
        <DesktopSection form={form} />
        {failure === undefined ? null : <ErrorNote error={failure} title={text.common.notSaved} />}
        <SaveBar dirty={form.isDirty()} saving={saving} onDiscard={form.reset} />
      </Stack>
    </form>
  );
}

async function saveMailPassword(
  client: ContractClient,
  values: SettingsForm,
): Promise<ErrorReport | undefined> {
  const password = mailPasswordChange(values);
  if (password.do === 'keep') return undefined;
  const answer = await client.call('mail.setPassword', { password });
  return answer.ok ? undefined : answer.error;
}
