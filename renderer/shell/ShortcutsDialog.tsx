import { Kbd, Modal, Table } from '@mantine/core';
import { text } from '../text/en.ts';
import { navigationItems } from './navigationItems.ts';

interface ShortcutsDialogProps {
  readonly role: 'central' | 'store';
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What the keyboard can do at once. Everything else is reached with Tab, as everywhere. */
export function ShortcutsDialog({ role, opened, onClose }: ShortcutsDialogProps) {
  const keys = text.shell.shortcutKeys;
  const rows: readonly (readonly [string, string])[] = [
    ...navigationItems(role).map(
      ({ window }, index) =>
        [keys.window(index + 1), text.shell.shortcutGo(text.shell.windows[window])] as const,
    ),
    [keys.transmit, text.shell.shortcutTransmit],
    [keys.help, text.shell.shortcutHelp],
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text.shell.shortcuts}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Table>
        <Table.Tbody>
          {rows.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td>{what}</Table.Td>
              <Table.Td ta="right">
                <Kbd>{key}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
