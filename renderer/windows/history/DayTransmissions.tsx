import { Button, Group, Stack, Switch, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { goTo } from '../../actions/goTo.ts';
import { loadHistory } from '../../actions/history.ts';
import { useClient } from '../../api/client.ts';
import { PageBar } from '../../parts/table/PageBar.tsx';
import { usePages } from '../../parts/table/usePages.ts';
import { useApp } from '../../state/appStore.ts';
import { useTopic } from '../../state/useTopic.ts';
import { text } from '../../text/en.ts';
import { daySpan } from './calendarMonth.ts';
import { formatDay } from './formatDay.ts';
import { wentWrong, withinSpan } from './historyPages.ts';
import { ListPage } from './ListPage.tsx';

/** More than one a minute, day and night. */
const longestDay = 2000;
const none = [] as const;

/** The transmissions of one day; those that did not go well can be shown alone. */
export function DayTransmissions({ day }: { readonly day: string }) {
  const client = useClient();
  const rows = useApp((app) => app.history.rows);
  const [onlyWrong, setOnlyWrong] = useState(false);
  const { fromMs, throughMs } = daySpan(day);
  useTopic(
    'history',
    useCallback(
      () => loadHistory(client, { limit: longestDay, beforeMs: throughMs + 1 }),
      [client, throughMs],
    ),
  );
  // Until this day has come, the rows are still those of what was looked at before.
  const ofDay = withinSpan(rows ?? none, { fromMs, throughMs });
  const wrong = ofDay.filter(wentWrong);
  const { shown, page, pages, first, setPage } = usePages(onlyWrong ? wrong : ofDay, 50);
  const words = text.history;
  return (
    <Stack gap="xs" component="section" aria-label={words.listLabel}>
      <Group justify="space-between">
        <Title order={2} fz="md">
          {words.listDay(formatDay(day))}
        </Title>
        <Button variant="subtle" size="xs" onClick={() => goTo('history')}>
          {words.showAllDays}
        </Button>
      </Group>
      {wrong.length === 0 ? null : (
        <Switch
          label={words.onlyWrong(wrong.length)}
          checked={onlyWrong}
          onChange={(event) => setOnlyWrong(event.currentTarget.checked)}
        />
      )}
      <ListPage rows={rows === undefined ? undefined : shown} none={words.dayEmpty} />
      <PageBar
        page={page}
        pages={pages}
        first={first}
        shown={shown.length}
        total={onlyWrong ? wrong.length : ofDay.length}
        onPage={setPage}
      />
    </Stack>
  );
}
