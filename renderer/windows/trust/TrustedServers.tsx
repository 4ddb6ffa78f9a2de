import { Button, Code, Fieldset, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback } from 'react';
import type { TrustedServer } from '../../../shared/trust.ts';
import { removeTrusted } from '../../actions/trust.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Time } from '../../parts/Time.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

interface TrustedServersProps {
  /** Called after an entry was taken out. */
  readonly onRemoved: (entry: TrustedServer) => void;
}

/** The servers that are trusted by their fingerprint, each with a way to trust it no more. */
export function TrustedServers({ onRemoved }: TrustedServersProps) {
  const client = useClient();
  const { value, error } = useReading(
    'trust',
    useCallback(() => client.call('trust.list', {}), [client]),
  );
  const words = text.trust;
  const remove = async (entry: TrustedServer) => {
    await removeTrusted(client, entry);
    onRemoved(entry);
  };
  const ask = (entry: TrustedServer) =>
    modals.openConfirmModal({
      title: words.removeTitle,
      children: <Text size="sm">{words.removeBody(nameOf(entry))}</Text>,
      labels: { confirm: words.removeConfirm, cancel: words.removeKeep },
      confirmProps: { color: 'red.9' },
      zIndex: 400,
      onConfirm: () => void remove(entry),
    });
  return (
    <Fieldset legend={words.listTitle}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.listIntro}
        </Text>
        {error === undefined ? null : <ErrorNote error={error} />}
        {value?.length === 0 ? <Text size="sm">{words.listEmpty}</Text> : null}
        {value?.map((entry) => (
          <Entry key={`${nameOf(entry)} ${entry.fingerprint}`} entry={entry} onRemove={() => ask(entry)} />
        ))}
      </Stack>
    </Fieldset>
  );
}

function Entry({ entry, onRemove }: { readonly entry: TrustedServer; readonly onRemove: () => void }) {
  const words = text.trust;
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Stack gap={2} flex={1}>
        <Text size="sm" fw={600}>
          {nameOf(entry)}
        </Text>
        <Code fz="xs" style={{ overflowWrap: 'anywhere' }}>
          {entry.fingerprint}
        </Code>
        <Text size="xs" c="dimmed">
          {entry.description}
          {entry.addedMs === 0 ? null : (
            <>
              {' '}
              {words.since} <Time ms={entry.addedMs} />
            </>
          )}
        </Text>
      </Stack>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={words.removeLabel(entry.host, entry.port)}
        onClick={onRemove}
      >
        {words.remove}
      </Button>
    </Group>
  );
}

function nameOf({ host, port, kind }: TrustedServer): string {
  return text.trust.entry(host, port, text.trust.kinds[kind]);
}
