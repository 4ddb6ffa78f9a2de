import { Alert, Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import { playPractice, removePractice } from '../actions/practice.ts';
import { useClient } from '../api/client.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/** Says on every window that this is practice, and takes it away again. */
export function PracticeBanner() {
  const client = useClient();
  const practice = useApp((app) => app.site?.practice === true && app.site.status.configured);
  const [busy, setBusy] = useState<'play' | 'remove' | undefined>();
  if (!practice) return null;

  const during = async (what: 'play' | 'remove', act: () => Promise<void>) => {
    setBusy(what);
    await act();
    setBusy(undefined);
  };
  const askToRemove = () =>
    modals.openConfirmModal({
      title: text.shell.practiceRemoveTitle,
      children: <Text size="sm">{text.shell.practiceRemoveBody}</Text>,
      labels: { confirm: text.shell.practiceRemoveConfirm, cancel: text.common.cancel },
      confirmProps: { color: 'red.9' },
      onConfirm: () => void during('remove', () => removePractice(client)),
    });

  return (
    <Alert
      color="orange"
      icon={<IconSchool aria-hidden />}
      title={text.shell.practiceTitle}
      role="region"
      aria-label={text.shell.practiceTitle}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={280}>
          {text.shell.practiceBody}
        </Text>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            loading={busy === 'play'}
            disabled={busy === 'remove'}
            onClick={() => void during('play', () => playPractice(client))}
          >
            {text.shell.practicePlay}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={busy === 'remove'}
            disabled={busy === 'play'}
            onClick={askToRemove}
          >
            {text.shell.practiceRemove}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
