import { Alert, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { IconBell, IconMailExclamation, IconMailOff } from '@tabler/icons-react';
import { useCallback } from 'react';
import { mailIsSetUp } from '../../../shared/mailSettings.ts';
import { goTo } from '../../actions/goTo.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { notifyFailure } from '../../parts/notify.ts';
import { Section } from '../../parts/Section.tsx';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { AlertTable } from './AlertTable.tsx';
import { MailCell } from './MailCell.tsx';

const shown = 200;

/** What people were told of, and whether the e-mail went out. */
export function AlertsWindow() {
  const client = useClient();
  const setUp = useApp((app) => app.site?.settings !== undefined && mailIsSetUp(app.site.settings.mail));
  const { value, error } = useReading(
    'alerts',
    useCallback(() => client.call('alerts.list', { limit: shown }), [client]),
  );
  const words = text.alerts;
  const waiting = value?.reports.filter((report) => report.mail.state !== 'sent') ?? [];
  return (
    <WindowFrame title={words.title} description={words.description} width="wide">
      {setUp ? null : <NotSetUp />}
      <UnsentNote />
      {error === undefined ? null : <ErrorNote error={error} />}
      {value === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : value.alerts.length === 0 ? (
        <Paper>
          <EmptyState icon={IconBell} title={words.emptyTitle}>
            {words.emptyBody}
          </EmptyState>
        </Paper>
      ) : (
        <Paper p={0}>
          <AlertTable rows={value.alerts} />
        </Paper>
      )}
      {waiting.length === 0 ? null : (
        <Section title={words.reports}>
          {waiting.map((report) => (
            <Group key={report.id} justify="space-between" align="flex-start">
              <Text size="sm">{report.subject}</Text>
              <MailCell mail={report.mail} />
            </Group>
          ))}
        </Section>
      )}
    </WindowFrame>
  );
}

function NotSetUp() {
  return (
    <Alert color="orange" icon={<IconMailOff aria-hidden />} title={text.alerts.notSetUp}>
      <Button size="xs" variant="default" onClick={() => goTo('settings')}>
        {text.alerts.openSettings}
      </Button>
    </Alert>
  );
}

function UnsentNote() {
  const client = useClient();
  const unsent = useApp((app) => app.site?.status.alerts?.unsentMail ?? 0);
  if (unsent === 0) return null;
  const send = async () => {
    const answer = await client.call('alerts.sendNow', {});
    if (!answer.ok) notifyFailure(answer.error);
  };
  return (
    <Alert color="orange" icon={<IconMailExclamation aria-hidden />} title={text.alerts.unsentTitle(unsent)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text.alerts.unsentBody}</Text>
        <Button size="xs" variant="default" onClick={() => void send()}>
          {text.alerts.sendNow}
        </Button>
      </Stack>
    </Alert>
  );
}
