import { Button, Group, Loader, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconRefresh, IconSearch, IconSend, IconStack2 } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { QueueRow } from '../../../shared/views.ts';
import { goTo } from '../../actions/goTo.ts';
import { loadQueue, retryPackets } from '../../actions/queue.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { formatBytes } from '../../parts/formatBytes.ts';
import { PageBar } from '../../parts/table/PageBar.tsx';
import { usePages } from '../../parts/table/usePages.ts';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { useNow } from '../../state/useNow.ts';
import { useTopic } from '../../state/useTopic.ts';
import { text } from '../../text/en.ts';
import { openResend } from './openResend.tsx';
import { pageGroups } from './pageGroups.ts';
import { QueueTable } from './QueueTable.tsx';
import { countStates, filterQueue, groupQueue, type QueueFilter, queueStates } from './queueGroups.ts';
import { SelectionBar } from './SelectionBar.tsx';

/** What is on its way, by addressee. `#/queue/to/0012` shows what waits for one site. */
export function QueueWindow() {
  const client = useClient();
  const { rows, error } = useApp((app) => app.queue);
  useTopic(
    'queue',
    useCallback(() => loadQueue(client), [client]),
  );
  useNow(30_000);
  const skipped = rows?.filter((row) => row.state === 'skipped').length ?? 0;
  const words = text.queue;
  return (
    <WindowFrame
      title={words.title}
      description={words.description}
      width="wide"
      actions={
        <>
          {skipped === 0 ? null : (
            <Button
              leftSection={<IconRefresh size={18} aria-hidden />}
              onClick={() => void retryPackets(client)}
            >
              {words.retryAll(skipped)}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconSend size={18} aria-hidden />}
            onClick={() => openResend(client)}
          >
            {words.resendOpen}
          </Button>
        </>
      }
    >
      {error === undefined ? null : <ErrorNote error={error} />}
      {rows === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : rows.length === 0 ? (
        <Paper p="lg">
          <EmptyState
            icon={IconStack2}
            title={words.emptyTitle}
            action={
              <Button variant="light" onClick={() => goTo('transmit')}>
                {words.emptyAction}
              </Button>
            }
          >
            {words.emptyBody}
          </EmptyState>
        </Paper>
      ) : (
        <QueueList rows={rows} />
      )}
    </WindowFrame>
  );
}

const pageSize = 50;

function QueueList({ rows }: { readonly rows: readonly QueueRow[] }) {
  const within = useApp((app) => app.place.within);
  const [filter, setFilter] = useState<QueueFilter>('all');
  const [typed, setTyped] = useState(() =>
    within[0] === 'to' && within[1] !== undefined ? text.sites.addressee(within[1]) : '',
  );
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const counts = useMemo(() => countStates(rows), [rows]);
  const found = useMemo(() => filterQueue(rows, filter, typed), [rows, filter, typed]);
  const groups = useMemo(() => groupQueue(found), [found]);
  const inOrder = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  const { shown, page, pages, first, setPage } = usePages(inOrder, pageSize);
  const words = text.queue;
  const select = (ids: readonly number[], on: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) on ? after.add(id) : after.delete(id);
      return after;
    });
  const showAll = () => {
    setFilter('all');
    setTyped('');
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          aria-label={words.filterLabel}
          value={filter}
          onChange={setFilter}
          data={(['all', ...queueStates] as const).map((value) => ({
            value,
            label: `${words.filters[value]} (${text.common.count(counts[value])})`,
          }))}
        />
        <TextInput
          aria-label={words.searchLabel}
          placeholder={words.searchPlaceholder}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          w={240}
        />
      </Group>
      {/* Only what is in view is acted on: a filter must not hide what a button would cancel. */}
      <SelectionBar
        rows={inOrder.filter((row) => selected.has(row.id))}
        onClear={() => setSelected(new Set())}
      />
      <Paper p={0}>
        {inOrder.length === 0 ? (
          <Stack align="center" py="xl" gap="xs">
            <Text c="dimmed">{words.nothingFound}</Text>
            <Button variant="light" onClick={showAll}>
              {words.showAll}
            </Button>
          </Stack>
        ) : (
          <QueueTable groups={pageGroups(groups, shown)} selected={selected} onSelect={select} />
        )}
      </Paper>
      <Text size="sm" c="dimmed">
        {words.summary(found.length, formatBytes(found.reduce((sum, row) => sum + row.sizeBytes, 0)))}
      </Text>
      <PageBar
        page={page}
        pages={pages}
        first={first}
        shown={shown.length}
        total={inOrder.length}
        onPage={setPage}
      />
    </Stack>
  );
}
