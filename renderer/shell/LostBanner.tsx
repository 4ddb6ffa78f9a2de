import { Alert, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/** Says that the engine is away; goes by itself when it is back. */
export function LostBanner() {
  const lost = useApp((app) => app.connection === 'lost');
  if (!lost) return null;
  return (
    <Alert role="alert" color="red" icon={<IconPlugConnectedX aria-hidden />} title={text.shell.lostTitle}>
      <Text size="sm">{text.shell.lostBody}</Text>
    </Alert>
  );
}
