import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { nowMs } from '../parts/now.ts';

/** The time, looked at again every so often, so that "5 minutes ago" does not stay for an hour. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(nowMs);
  useInterval(() => setNow(nowMs()), everyMs, { autoInvoke: true });
  return now;
}
