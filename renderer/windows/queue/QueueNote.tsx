import { Text } from '@mantine/core';
import type { QueueRow } from '../../../shared/views.ts';
import { Time } from '../../parts/Time.tsx';
import { text } from '../../text/en.ts';

/** What is known of a packet's delivery: what went wrong, when it is tried again, whose answer is awaited. */
export function QueueNote({ row }: { readonly row: QueueRow }) {
  const words = text.queue;
  if (row.state === 'published') {
    const { awaiting } = row;
    if (awaiting.length === 0) return null;
    return (
      <Text size="sm" title={awaiting.map((site) => text.sites.addressee(site)).join(', ')}>
        {awaiting.length > 3
          ? words.awaitingMany(awaiting.length)
          : words.awaiting(awaiting.map((site) => text.sites.addressee(site)).join(', '))}
      </Text>
    );
  }
  if (row.lastError === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {row.state === 'skipped' ? words.setAside : words.notTried}
      </Text>
    );
  }
  return (
    <Text size="sm" title={row.lastError.advice} lineClamp={3}>
      {row.lastError.message} {row.attempts > 0 ? words.attempts(row.attempts) : null}
      {row.nextTryMs === undefined || row.state === 'skipped' ? null : (
        <>
          {' '}
          {words.nextTry} <Time ms={row.nextTryMs} as="ago" />.
        </>
      )}
    </Text>
  );
}
