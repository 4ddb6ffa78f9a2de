import { Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { cancelPackets } from '../../actions/queue.ts';
import { text } from '../../text/en.ts';

/** Says what cancelling means before it is done: it cannot be taken back. */
export function askToCancel(client: ContractClient, ids: readonly number[], after?: () => void): void {
  const words = text.queue;
  modals.openConfirmModal({
    title: words.cancelTitle(ids.length),
    children: (
      <Stack gap="xs">
        <Text size="sm">{words.cancelBody(ids.length)}</Text>
        <Text size="sm">{words.cancelLater}</Text>
      </Stack>
    ),
    labels: { confirm: words.cancelConfirm(ids.length), cancel: words.cancelKeep },
    confirmProps: { color: 'red.9' },
    // Enter on an accidental click must not destroy anything.
    cancelProps: { 'data-autofocus': true },
    onConfirm: () => {
      after?.();
      void cancelPackets(client, ids);
    },
  });
}
