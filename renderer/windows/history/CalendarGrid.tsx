import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import clsx from 'clsx';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { HistoryDay } from '../../../shared/contract/rows.ts';
import { text } from '../../text/en.ts';
import classes from './CalendarGrid.module.css';
import { type CalendarDay, calendarMonth, dayTone } from './calendarMonth.ts';
import { formatDay, weekdays } from './formatDay.ts';

interface CalendarGridProps {
  readonly month: string;
  readonly nowMs: number;
  readonly days: ReadonlyMap<string, HistoryDay>;
  readonly chosen: string | undefined;
  readonly onChoose: (day: string) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month's days. Tab enters it once; arrows go from day to day. */
export function CalendarGrid({ month, nowMs, days, chosen, onChoose }: CalendarGridProps) {
  const weeks = calendarMonth(month, nowMs);
  const all = weeks.flat().filter((day) => day.inMonth && !day.future);
  const [focused, setFocused] = useState<string | undefined>();
  const entry = all.find((day) => day.day === (focused ?? chosen)) ?? all.at(-1);
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || entry === undefined) return;
    event.preventDefault();
    const at = all.indexOf(entry);
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    setFocused(next.day);
    table.current?.querySelector<HTMLElement>(`[data-day="${next.day}"]`)?.focus();
  };
  return (
    <table
      ref={table}
      className={classes['grid']}
      aria-label={text.history.calendarLabel}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {weekdays().map(({ short, long }) => (
            <th key={long} scope="col" abbr={long}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map((day) => (
              <td key={day.day}>
                {day.inMonth ? (
                  <Day
                    day={day}
                    counts={days.get(day.day)}
                    chosen={day.day === chosen}
                    entry={day.day === entry?.day}
                    onChoose={onChoose}
                  />
                ) : null}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const signs = { good: IconCheck, warn: IconAlertTriangle, bad: IconX } as const;

interface DayProps {
  readonly day: CalendarDay;
  readonly counts: HistoryDay | undefined;
  readonly chosen: boolean;
  readonly entry: boolean;
  readonly onChoose: (day: string) => void;
}

function Day({ day, counts, chosen, entry, onChoose }: DayProps) {
  const { history } = text;
  if (day.future) return <span className={classes['future']}>{day.number}</span>;
  const tone = counts === undefined ? undefined : dayTone(counts);
  const Sign = tone === undefined ? undefined : signs[tone];
  const summary =
    counts === undefined ? history.dayNothing : history.dayParts(counts.done, counts.partial, counts.failed);
  const label = history.dayLabel(formatDay(day.day), summary);
  return (
    <UnstyledButton
      className={clsx(classes['day'], tone !== undefined && classes[tone])}
      data-day={day.day}
      tabIndex={entry ? 0 : -1}
      aria-pressed={chosen}
      title={label}
      onClick={() => onChoose(day.day)}
    >
      <span className={classes['number']}>{day.number}</span>
      {Sign === undefined || counts === undefined ? null : (
        <span className={classes['sign']}>
          <Sign size={14} stroke={2.4} aria-hidden />
          {tone === 'bad' ? counts.failed : tone === 'warn' ? counts.partial : counts.done}
        </span>
      )}
      {/* After what is seen, so that somebody who speaks to the computer can say the number. */}
      <VisuallyHidden>{label}</VisuallyHidden>
    </UnstyledButton>
  );
}
