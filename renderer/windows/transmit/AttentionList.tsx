import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { PresentState } from '../../../shared/contract/calls.ts';
import { goTo } from '../../actions/goTo.ts';
import { retryPackets } from '../../actions/queue.ts';
import { startTransmission } from '../../actions/transmit.ts';
import { useClient } from '../../api/client.ts';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { type AttentionAction, type AttentionItem, attentionItems } from './attentionItems.ts';

const looks = {
  bad: { color: 'red', Icon: IconCircleX },
  warn: { color: 'orange', Icon: IconAlertTriangle },
  note: { color: 'gray', Icon: IconInfoCircle },
} as const satisfies Record<AttentionItem['level'], unknown>;

/** What needs the person, each with its remedy as a button. */
export function AttentionList({ site }: { readonly site: PresentState }) {
  const running = useApp((app) => app.run.active !== undefined);
  const items = attentionItems(site);
  // What a run under way is mending already would only frighten.
  if (items.length === 0 || running) return null;
  return (
    <Stack gap="sm" component="section" aria-label={text.transmit.attentionTitle}>
      {items.map((item) => (
        <Item key={item.key} item={item} site={site} />
      ))}
    </Stack>
  );
}

function Item({ item, site }: { readonly item: AttentionItem; readonly site: PresentState }) {
  const { color, Icon } = looks[item.level];
  return (
    <Alert color={color} icon={<Icon aria-hidden />} title={item.title} role="group" aria-label={item.title}>
      {item.body === '' ? null : <Text size="sm">{item.body}</Text>}
      {item.details.length === 0 ? null : (
        <List size="sm" mt={4}>
          {item.details.map((detail) => (
            <List.Item key={detail}>{detail}</List.Item>
          ))}
        </List>
      )}
      {item.actions.length === 0 ? null : (
        <Group gap="xs" {...(item.body === '' ? {} : { mt: 'sm' })}>
          {item.actions.map((action) => (
            <Remedy key={action} action={action} site={site} />
          ))}
        </Group>
      )}
    </Alert>
  );
}

function Remedy({ action, site }: { readonly action: AttentionAction; readonly site: PresentState }) {
  const client = useClient();
  const connected = useApp((app) => app.connection === 'connected');
  const last = site.status.lastTransmission?.transmissionId ?? '';
  const words = text.transmit;
  const remedies: Readonly<Record<AttentionAction, { label: string; act: () => unknown }>> = {
    'retry-skipped': { label: words.retrySkipped, act: () => retryPackets(client) },
    'open-queue': { label: words.openQueue, act: () => goTo('queue') },
    'open-ftp': { label: words.openFtp, act: () => goTo('setup', 'ftp') },
    'look-at-server': { label: words.lookAtServer, act: () => goTo('setup', 'ftp', 'test-connection') },
    'self-check': { label: words.selfCheck, act: () => goTo('setup', 'ftp', 'self-check') },
    transmit: { label: words.transmitAgain, act: () => startTransmission(client, 'full') },
    'open-last': { label: words.openHistory, act: () => goTo('history', 'run', last) },
  };
  const { label, act } = remedies[action];
  return (
    <Button
      size="xs"
      variant="default"
      disabled={!connected && (action === 'transmit' || action === 'retry-skipped')}
      onClick={() => void act()}
    >
      {label}
    </Button>
  );
}
