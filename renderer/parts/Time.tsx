import { formatAgo, formatTimeShort, formatTimeWithZone, isoTime } from './formatTime.ts';
import { nowMs } from './now.ts';

interface TimeProps {
  /** Epoch milliseconds. */
  readonly ms: number;
  /** `ago`: "5 minutes ago". Default: the local time, with the date unless it is today. */
  readonly as?: 'time' | 'ago';
}

/** A local time, with the whole date and the zone on hover. */
export function Time({ ms, as = 'time' }: TimeProps) {
  const now = nowMs();
  return (
    <time dateTime={isoTime(ms)} title={formatTimeWithZone(ms)}>
      {as === 'ago' ? formatAgo(ms, now) : formatTimeShort(ms, now)}
    </time>
  );
}
