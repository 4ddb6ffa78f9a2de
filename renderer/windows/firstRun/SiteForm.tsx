import { Accordion, Button, Group, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import { goTo } from '../../actions/goTo.ts';
import { initSite } from '../../actions/initSite.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';
import { emptyFirstRun, type FirstRunForm, readFirstRun } from './firstRunForm.ts';

interface SiteFormProps {
  readonly role: 'central' | 'store';
  readonly onBack: () => void;
}

/** The few things only a person knows about a new site. */
export function SiteForm({ role, onBack }: SiteFormProps) {
  const client = useClient();
  const form = useForm<FirstRunForm>({
    initialValues: emptyFirstRun,
    validate: (values) => {
      const read = readFirstRun(role, values);
      return 'errors' in read ? { ...read.errors } : {};
    },
  });
  const [opened, setOpened] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();
  const central = role === 'central';

  const create = form.onSubmit(
    async (values) => {
      const read = readFirstRun(role, values);
      if ('errors' in read) return form.setErrors({ ...read.errors });
      setBusy(true);
      // The FTP Configuration comes next; the address says so before the windows appear.
      goTo('setup', 'ftp');
      const error = await initSite(client, read.request);
      setBusy(false);
      setFailure(error);
    },
    (errors) => {
      if ('guid' in errors || 'officeId' in errors) setOpened('more');
      const [first] = Object.keys(errors);
      if (first !== undefined) requestAnimationFrame(() => form.getInputNode(first)?.focus());
    },
  );

  return (
    <form noValidate onSubmit={create}>
      <Stack gap="md">
        <Title order={1}>{central ? text.firstRun.centralFormTitle : text.firstRun.storeFormTitle}</Title>
        <Paper p="lg">
          <Stack gap="md">
            {central ? null : (
              <TextInput
                label={text.firstRun.storeNumber}
                description={text.firstRun.storeNumberDescription}
                required
                autoFocus
                autoComplete="off"
                maxLength={7}
                {...form.getInputProps('storeNumber')}
              />
            )}
            <TextInput
              label={central ? text.firstRun.centralName : text.firstRun.storeName}
              description={central ? text.firstRun.centralNameDescription : undefined}
              placeholder={
                central ? text.firstRun.centralNamePlaceholder : text.firstRun.storeNamePlaceholder
              }
              required
              autoFocus={central}
              autoComplete="off"
              {...form.getInputProps('name')}
            />
            <Accordion value={opened} onChange={setOpened} variant="contained" transitionDuration={0}>
              <Accordion.Item value="more">
                <Accordion.Control>{text.firstRun.more}</Accordion.Control>
                <Accordion.Panel>
                  <Stack gap="sm">
                    <TextInput
                      label={text.firstRun.guid}
                      description={text.firstRun.guidDescription}
                      spellCheck={false}
                      {...form.getInputProps('guid')}
                    />
                    {central ? (
                      <TextInput
                        label={text.firstRun.officeId}
                        description={text.firstRun.officeIdDescription}
                        spellCheck={false}
                        {...form.getInputProps('officeId')}
                      />
                    ) : null}
                  </Stack>
                </Accordion.Panel>
              </Accordion.Item>
            </Accordion>
          </Stack>
        </Paper>
        {failure === undefined ? null : <ErrorNote error={failure} />}
        <Group justify="space-between">
          <Button variant="default" onClick={onBack} disabled={busy}>
            {text.common.back}
          </Button>
          <Button type="submit" loading={busy}>
            {text.firstRun.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
