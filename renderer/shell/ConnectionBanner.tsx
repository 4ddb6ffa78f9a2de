import { Alert, Button, Group, Text } from '@mantine/core';
import { IconClockPause, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConnectionView } from '../../shared/views.ts';
import { goTo } from '../actions/goTo.ts';
import { tryConnectionNow } from '../actions/tryConnectionNow.ts';
import { useClient } from '../api/client.ts';
import { formatCountdown } from '../parts/formatCountdown.ts';
import { useApp } from '../state/appStore.ts';
import { useNow } from '../state/useNow.ts';
import { text } from '../text/en.ts';

/** Says on every window that no connection is made now, why, and until when. */
export function ConnectionBanner() {
  const connection = useApp((app) => app.site?.status.connection);
  const configured = useApp((app) => app.site?.status.configured === true);
  if (!configured || connection === undefined) return null;
  if (!connection.enabled) return <OffBanner />;
  if (connection.heldLogin !== undefined) return <HeldBanner message={connection.heldLogin.message} />;
  if (connection.suspended === undefined) return null;
  return <SuspensionBanner failures={connection.failures} suspended={connection.suspended} />;
}

interface SuspensionBannerProps {
  readonly failures: number;
  readonly suspended: NonNullable<ConnectionView['suspended']>;
}

function SuspensionBanner({ failures, suspended }: SuspensionBannerProps) {
  const now = useNow(1000);
  const leftMs = suspended.untilMs - now;
  const words = text.connection;
  return (
    <Alert
      color="orange"
      icon={<IconClockPause aria-hidden />}
      title={words.suspendedTitle}
      role="region"
      aria-label={words.suspendedTitle}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={280}>
          {words.suspendedBody(failures)}
          {suspended.lastMessage === '' ? '' : ` ${words.lastMessage} ${suspended.lastMessage}`}
        </Text>
        <Group gap="md">
          <Text size="sm" fw={600} className="figures" role="timer" aria-live="off">
            {leftMs > 0 ? words.triedIn(formatCountdown(leftMs)) : words.triedNext}
          </Text>
          <TryNow />
        </Group>
      </Group>
    </Alert>
  );
}

function HeldBanner({ message }: { readonly message: string }) {
  const words = text.connection;
  return (
    <Alert
      color="red"
      icon={<IconLock aria-hidden />}
      title={words.heldTitle}
      role="region"
      aria-label={words.heldTitle}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={280}>
          {words.heldBody} {words.lastMessage} {message}
        </Text>
        <Group gap="xs">
          <OpenFtp />
          <TryNow />
        </Group>
      </Group>
    </Alert>
  );
}

function OffBanner() {
  const words = text.connection;
  return (
    <Alert
      color="orange"
      icon={<IconPlugConnectedX aria-hidden />}
      title={words.offTitle}
      role="region"
      aria-label={words.offTitle}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={280}>
          {words.offBody}
        </Text>
        <OpenFtp />
      </Group>
    </Alert>
  );
}

function OpenFtp() {
  return (
    <Button size="xs" variant="default" onClick={() => goTo('setup', 'ftp')}>
      {text.connection.openFtp}
    </Button>
  );
}

function TryNow() {
  const client = useClient();
  const running = useApp((app) => app.run.active !== undefined);
  const [asked, setAsked] = useState(false);
  const tryNow = async () => {
    setAsked(true);
    await tryConnectionNow(client);
    setAsked(false);
  };
  return (
    <Button size="xs" variant="default" loading={asked || running} onClick={() => void tryNow()}>
      {text.connection.tryNow}
    </Button>
  );
}
