import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { memo } from 'react';
import type { RunNote } from '../../shared/progress.ts';
import { text } from '../text/en.ts';
import { formatClock, formatTime, formatTimeWithZone, isoTime } from './formatTime.ts';
import classes from './LogLines.module.css';

type LogNote = RunNote & { readonly atMs: number };

interface LogLinesProps {
  readonly notes: readonly LogNote[];
  /** For lines that are days apart. */
  readonly withDate?: boolean;
}

/** A run's log, line by line: when, how grave, what. */
export function LogLines({ notes, withDate = false }: LogLinesProps) {
  return (
    <ol className={classes['lines']}>
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own and are only ever appended.
        <Line key={`${note.atMs} ${index}`} note={note} withDate={withDate} />
      ))}
    </ol>
  );
}

/** Notes never change, so a line is drawn once. */
const Line = memo(function Line({ note, withDate }: { readonly note: LogNote; readonly withDate: boolean }) {
  const { Icon, color } = levels[note.level];
  return (
    <li className={classes['line']}>
      <time dateTime={isoTime(note.atMs)} title={formatTimeWithZone(note.atMs)} className={classes['time']}>
        {withDate ? formatTime(note.atMs) : formatClock(note.atMs)}
      </time>
      {Icon === undefined ? null : (
        <Text span c={color} className={classes['level']}>
          <Icon size={15} aria-hidden /> {text.runs.levels[note.level]}
        </Text>
      )}
      <span className={classes['text']}>{note.text}</span>
    </li>
  );
});

const levels = {
  info: { Icon: undefined, color: undefined },
  warning: { Icon: IconAlertTriangle, color: 'var(--mantine-color-orange-light-color)' },
  error: { Icon: IconCircleX, color: 'var(--mantine-color-error)' },
} as const;
