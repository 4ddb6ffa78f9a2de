import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ExportView } from '../../../shared/contract/exportsCalls.ts';
import { cancelExport, removeExport, startExport } from '../../actions/exports.ts';
import { useClient } from '../../api/client.ts';
import { ActionMenu } from '../../parts/ActionMenu.tsx';
import { text } from '../../text/en.ts';
import { openExportForm } from './openExportForm.tsx';

/** What can be done with an export. */
export function ExportActions({ view }: { readonly view: ExportView }) {
  const client = useClient();
  const words = text.exports;
  const { name, kind } = view.settings;
  const askToRemove = () =>
    modals.openConfirmModal({
      title: words.removeTitle(name),
      children: <Text size="sm">{words.removeBody}</Text>,
      labels: { confirm: words.removeConfirm, cancel: text.common.cancel },
      confirmProps: { color: 'red.9' },
      onConfirm: () => void removeExport(client, name),
    });
  const { active } = view;
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      {active === undefined ? (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          aria-label={words.runOf(name)}
          onClick={() => void startExport(client, name)}
        >
          {words.run}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          aria-label={words.cancelOf(name)}
          onClick={() => void cancelExport(client, active.runId)}
        >
          {words.cancel}
        </Button>
      )}
      <ActionMenu>
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={words.more(name)}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => openExportForm(client, view)}>{words.edit}</Menu.Item>
          {kind === 'changes' ? (
            <Menu.Item onClick={() => void startExport(client, name, true)}>{words.runComplete}</Menu.Item>
          ) : null}
          <Menu.Item onClick={askToRemove}>{words.remove}</Menu.Item>
        </Menu.Dropdown>
      </ActionMenu>
    </Group>
  );
}
