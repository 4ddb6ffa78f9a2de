import { Button, Group, Paper, Text } from '@mantine/core';
import type { QueueRow } from '../../../shared/views.ts';
import { resendPackets, retryPackets, skipPackets } from '../../actions/queue.ts';
import { useClient } from '../../api/client.ts';
import { text } from '../../text/en.ts';
import { askToCancel } from './askToCancel.tsx';
import { actable } from './queueGroups.ts';

interface SelectionBarProps {
  readonly rows: readonly QueueRow[];
  readonly onClear: () => void;
}

/** What can be done with the packets chosen. A button says with how many of them. */
export function SelectionBar({ rows, onClear }: SelectionBarProps) {
  const client = useClient();
  const words = text.queue;
  if (rows.length === 0) return null;
  const ids = (act: Parameters<typeof actable>[1]) => actable(rows, act).map(({ id }) => id);
  const retry = ids('retry');
  const skip = ids('skip');
  const cancel = ids('cancel');
  const resend = actable(rows, 'resend');
  const then = (act: () => unknown) => () => {
    onClear();
    act();
  };
  return (
    <Paper p="sm" bg="var(--mantine-color-line-light)">
      <Group gap="xs">
        <Text fw={600} role="status" mr="sm">
          {words.selected(rows.length)}
        </Text>
        {retry.length === 0 ? null : (
          <Button size="xs" onClick={then(() => retryPackets(client, retry))}>
            {words.retryMany(retry.length)}
          </Button>
        )}
        {skip.length === 0 ? null : (
          <Button size="xs" variant="default" onClick={then(() => skipPackets(client, skip))}>
            {words.skipMany(skip.length)}
          </Button>
        )}
        {resend.length === 0 ? null : (
          <Button
            size="xs"
            variant="default"
            onClick={then(() =>
              resendPackets(
                client,
                [...new Set(resend.map(({ packetId }) => packetId))].map((packet) => ({
                  kind: 'packet',
                  packet,
                })),
              ),
            )}
          >
            {words.resendMany(resend.length)}
          </Button>
        )}
        {cancel.length === 0 ? null : (
          <Button size="xs" variant="default" onClick={() => askToCancel(client, cancel, onClear)}>
            {words.cancelMany(cancel.length)}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onClear}>
          {words.clearSelection}
        </Button>
      </Group>
    </Paper>
  );
}
