import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { loadHistory } from '../../actions/history.ts';
import { useClient } from '../../api/client.ts';
import { useApp } from '../../state/appStore.ts';
import { useTopic } from '../../state/useTopic.ts';
import { text } from '../../text/en.ts';
import { type Cursors, cutPage } from './historyPages.ts';
import { ListPage } from './ListPage.tsx';

const pageSize = 50;
const none = [] as const;

/** All transmissions, a page at a time; the engine is asked for no more than is shown. */
export function AllTransmissions() {
  const client = useClient();
  const rows = useApp((app) => app.history.rows);
  const [cursors, setCursors] = useState<Cursors>([]);
  const beforeMs = cursors.at(-1);
  useTopic(
    'history',
    useCallback(
      // One more than shown tells whether there is an older page.
      () => loadHistory(client, { limit: pageSize + 1, ...(beforeMs === undefined ? {} : { beforeMs }) }),
      [client, beforeMs],
    ),
  );
  const words = text.history;
  const { shown, olderMs } = cutPage(rows ?? none, pageSize);
  return (
    <Stack gap="xs" component="section" aria-label={words.listLabel}>
      <Title order={2} fz="md">
        {words.listAll}
      </Title>
      <ListPage rows={rows === undefined ? undefined : shown} none={words.emptyTitle} />
      {cursors.length === 0 && olderMs === undefined ? null : (
        <Group component="nav" aria-label={words.pages} justify="flex-end" gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {words.page(cursors.length + 1)}
          </Text>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            {words.newer}
          </Button>
          <Button
            variant="default"
            size="xs"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            // Until the older page has come, its beginning is still the end of what is shown.
            disabled={olderMs === undefined || olderMs === beforeMs}
            onClick={() => setCursors([...cursors, olderMs])}
          >
            {words.older}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
