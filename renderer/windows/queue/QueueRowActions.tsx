import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots, IconFiles, IconPlayerPause, IconRefresh, IconSend, IconTrash } from '@tabler/icons-react';
import type { QueueRow } from '../../../shared/views.ts';
import { resendPackets, retryPackets, skipPackets } from '../../actions/queue.ts';
import { useClient } from '../../api/client.ts';
import { ActionMenu } from '../../parts/ActionMenu.tsx';
import { text } from '../../text/en.ts';
import { askToCancel } from './askToCancel.tsx';
import { actable } from './queueGroups.ts';

interface QueueRowActionsProps {
  readonly row: QueueRow;
  readonly onShowFiles: () => void;
}

/** What can be done with one packet. The likeliest act stands outside of the menu. */
export function QueueRowActions({ row, onShowFiles }: QueueRowActionsProps) {
  const client = useClient();
  const words = text.queue;
  const can = (act: Parameters<typeof actable>[1]) => actable([row], act).length > 0;
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      {can('retry') ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => void retryPackets(client, [row.id])}
        >
          {words.retry}
        </Button>
      ) : null}
      <ActionMenu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={words.actionsOf(row.fileName)}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFiles size={16} aria-hidden />} onClick={onShowFiles}>
            {words.showFiles}
          </Menu.Item>
          {can('skip') ? (
            <Menu.Item
              leftSection={<IconPlayerPause size={16} aria-hidden />}
              onClick={() => void skipPackets(client, [row.id])}
            >
              {words.skip}
            </Menu.Item>
          ) : null}
          {can('resend') ? (
            <Menu.Item
              leftSection={<IconSend size={16} aria-hidden />}
              onClick={() => void resendPackets(client, [{ kind: 'packet', packet: row.packetId }])}
            >
              {words.resend}
            </Menu.Item>
          ) : null}
          {can('cancel') ? (
            <Menu.Item
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => askToCancel(client, [row.id])}
            >
              {words.cancel}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </ActionMenu>
    </Group>
  );
}
