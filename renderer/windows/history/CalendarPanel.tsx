import { ActionIcon, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { HistoryDay } from '../../../shared/contract/rows.ts';
import { goTo } from '../../actions/goTo.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { useNow } from '../../state/useNow.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { CalendarGrid } from './CalendarGrid.tsx';
import { monthOf, shiftMonth } from './calendarMonth.ts';
import { formatMonth } from './formatDay.ts';
import { readMonth } from './readMonth.ts';

const none: ReadonlyMap<string, HistoryDay> = new Map();

interface CalendarPanelProps {
  readonly month: string;
  readonly onMonth: (month: string) => void;
  readonly chosen: string | undefined;
}

/** A month at a glance: the day on which something failed stands out. */
export function CalendarPanel({ month, onMonth, chosen }: CalendarPanelProps) {
  const client = useClient();
  const now = useNow(60_000);
  const read = useCallback(() => readMonth(client, month), [client, month]);
  const { value: days, error } = useReading('history', read);
  const words = text.history;
  return (
    <Paper component="section" aria-label={words.calendarLabel} p="md">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.previousMonth}
            onClick={() => onMonth(shiftMonth(month, -1))}
          >
            <IconChevronLeft size={20} aria-hidden />
          </ActionIcon>
          <Title order={2} fz="md" aria-live="polite">
            {formatMonth(month)}
          </Title>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.nextMonth}
            disabled={month >= monthOf(now)}
            onClick={() => onMonth(shiftMonth(month, 1))}
          >
            <IconChevronRight size={20} aria-hidden />
          </ActionIcon>
        </Group>
        {error === undefined ? null : <ErrorNote error={error} />}
        <CalendarGrid
          month={month}
          nowMs={now}
          days={days ?? none}
          chosen={chosen}
          onChoose={(day) => (day === chosen ? goTo('history') : goTo('history', 'day', day))}
        />
        <Group gap="sm">
          <Legend tone="green" Icon={IconCheck} words={words.legend.good} />
          <Legend tone="orange" Icon={IconAlertTriangle} words={words.legend.warn} />
          <Legend tone="red" Icon={IconX} words={words.legend.bad} />
        </Group>
        <Text size="xs" c="dimmed">
          {words.calendarHint}
        </Text>
      </Stack>
    </Paper>
  );
}

interface LegendProps {
  readonly tone: string;
  readonly Icon: typeof IconCheck;
  readonly words: string;
}

function Legend({ tone, Icon, words }: LegendProps) {
  return (
    <Group gap={4} wrap="nowrap">
      <Icon size={14} stroke={2.4} color={`var(--mantine-color-${tone}-light-color)`} aria-hidden />
      <Text size="xs">{words}</Text>
    </Group>
  );
}
