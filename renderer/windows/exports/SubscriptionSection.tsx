import { ActionIcon, Button, Group, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { SubscriptionView } from '../../../shared/contract/exportsCalls.ts';
import { removeSubscription } from '../../actions/exports.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Section } from '../../parts/Section.tsx';
import { Time } from '../../parts/Time.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { openSubscriptionForm } from './openSubscriptionForm.tsx';

/** Which stores get which published sets, and how far that is. */
export function SubscriptionSection() {
  const client = useClient();
  const read = useCallback(() => client.call('subscriptions.list', {}), [client]);
  const { value: views, error } = useReading('exports', read);
  const words = text.exports.sets;
  return (
    <Section title={words.title} description={words.description}>
      {error === undefined ? null : <ErrorNote error={error} />}
      {views === undefined ? null : views.length === 0 ? (
        <Text size="sm">{words.empty}</Text>
      ) : (
        <Table.ScrollContainer minWidth={700} type="native">
          <Table aria-label={words.tableLabel} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.columns.set}</Table.Th>
                <Table.Th>{words.columns.stores}</Table.Th>
                <Table.Th>{words.columns.edition}</Table.Th>
                <Table.Th>{words.columns.have}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {views.map((view) => (
                <Row key={`${view.subscription.dataset}/${view.subscription.set}`} view={view} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Group>
        <Button variant="default" onClick={() => openSubscriptionForm(client, undefined)}>
          {words.add}
        </Button>
      </Group>
    </Section>
  );
}

function Row({ view }: { readonly view: SubscriptionView }) {
  const client = useClient();
  const words = text.exports.sets;
  const { dataset, set, stores } = view.subscription;
  const name = `${dataset}/${set}`;
  const askToRemove = () =>
    modals.openConfirmModal({
      title: words.removeTitle(name),
      children: <Text size="sm">{words.removeBody}</Text>,
      labels: { confirm: words.removeConfirm, cancel: text.common.cancel },
      confirmProps: { color: 'red.9' },
      onConfirm: () => void removeSubscription(client, { dataset, set }),
    });
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={650}>
        {name}
      </Table.Th>
      <Table.Td maw={300} style={{ overflowWrap: 'anywhere' }}>
        {stores === 'all' ? words.all : stores.join(', ')}
      </Table.Td>
      <Table.Td>
        {view.publishedMs === undefined ? (
          <Text inherit c="dimmed">
            {words.nonePublished}
          </Text>
        ) : (
          <>
            <Time ms={view.publishedMs} />
            <Text size="sm" c="dimmed">
              {text.exports.rows(view.rows ?? 0)}
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td>{words.have(view.stores.current, view.stores.older, view.stores.none)}</Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <ActionIcon
            variant="subtle"
            aria-label={words.edit(name)}
            onClick={() => openSubscriptionForm(client, view)}
          >
            <IconPencil size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" aria-label={words.remove(name)} onClick={askToRemove}>
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
