import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import { mailSettingsSchema } from '../../../shared/mailSettings.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { issueText } from '../../parts/issueText.ts';
import { text } from '../../text/en.ts';
import { mailPasswordChange, rawMail } from './mailForm.ts';
import type { SettingsForm } from './settingsForm.ts';

type Outcome = { readonly to: readonly string[] } | { readonly error: ErrorReport };

/** Sends a test e-mail by what is typed, and says what came of it. */
export function MailTest({ form }: { readonly form: UseFormReturnType<SettingsForm> }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const words = text.mail;
  const test = async () => {
    const parsed = mailSettingsSchema.safeParse(rawMail(form.values).mail);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) form.setFieldError(String(issue.path[0]), issueText(issue));
      form.getInputNode(String(parsed.error.issues[0]?.path[0]))?.focus();
      return;
    }
    setBusy(true);
    setOutcome(undefined);
    const answer = await client.call('mail.test', {
      candidate: { mail: parsed.data, password: mailPasswordChange(form.values) },
    });
    setBusy(false);
    setOutcome(answer.ok ? { to: answer.value.to } : { error: answer.error });
  };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button variant="light" loading={busy} onClick={() => void test()}>
          {words.test}
        </Button>
        <Text size="sm" c="dimmed">
          {words.testHint}
        </Text>
      </Group>
      {outcome === undefined ? null : 'error' in outcome ? (
        <ErrorNote error={outcome.error} title={words.testFailed} />
      ) : (
        <Alert color="green" role="status" icon={<IconMailCheck aria-hidden />}>
          {words.testSent(outcome.to.join(', '))}
        </Alert>
      )}
    </Stack>
  );
}
