import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import { saveSettings } from '../../actions/saveSettings.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { SaveBar } from '../../parts/SaveBar.tsx';
import { useFollowSaved } from '../../parts/useFollowSaved.ts';
import { text } from '../../text/en.ts';
import { ChannelsSection } from './ChannelsSection.tsx';
import { FoldersSection } from './FoldersSection.tsx';
import { IdentitySection } from './IdentitySection.tsx';
import { readSetupForm, type SetupForm, toSetupForm } from './setupForm.ts';

export function SetupSections({
  settings,
  dataDir,
}: {
  readonly settings: Settings;
  readonly dataDir: string;
}) {
  const client = useClient();
  const saved = toSetupForm(settings);
  const form = useForm<SetupForm>({
    initialValues: saved,
    validateInputOnBlur: true,
    validate: (values) => {
      const read = readSetupForm(values, settings);
      return 'errors' in read ? { ...read.errors } : {};
    },
  });
  useFollowSaved(form, saved);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();

  const save = form.onSubmit(
    async (values) => {
      const read = readSetupForm(values, settings);
      if ('errors' in read) return form.setErrors({ ...read.errors });
      setSaving(true);
      const error = await saveSettings(client, read.change);
      setSaving(false);
      setFailure(error);
      if (error !== undefined) return;
      notifyDone(text.common.saved);
    },
    (errors) => {
      const [first] = Object.keys(errors);
      if (first !== undefined) form.getInputNode(first)?.focus();
    },
  );
  return (
    <form noValidate onSubmit={save}>
      <Stack gap="lg">
        <IdentitySection form={form} site={settings.site} />
        <FoldersSection form={form} role={settings.site.role} dataDir={dataDir} />
        <ChannelsSection form={form} />
        {failure === undefined ? null : <ErrorNote error={failure} title={text.common.notSaved} />}
        <SaveBar dirty={form.isDirty()} saving={saving} onDiscard={form.reset} />
      </Stack>
    </form>
  );
}
