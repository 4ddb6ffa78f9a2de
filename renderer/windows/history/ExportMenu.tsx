import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { exportHistory } from '../../actions/history.ts';
import { useClient } from '../../api/client.ts';
import { ActionMenu } from '../../parts/ActionMenu.tsx';
import { text } from '../../text/en.ts';
import { daySpan, monthSpan } from './calendarMonth.ts';
import { formatDay, formatMonth } from './formatDay.ts';

interface ExportMenuProps {
  readonly month: string;
  readonly day: string | undefined;
}

/** Saves what is looked at, or everything, as a table for other programs. */
export function ExportMenu({ month, day }: ExportMenuProps) {
  const client = useClient();
  const words = text.history;
  return (
    <ActionMenu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          {words.exportCsv}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {day === undefined ? null : (
          <Menu.Item onClick={() => void exportHistory(client, daySpan(day), day)}>
            {formatDay(day)}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void exportHistory(client, monthSpan(month), month)}>
          {formatMonth(month)}
        </Menu.Item>
        <Menu.Item onClick={() => void exportHistory(client, {}, words.csvAll)}>{words.exportAll}</Menu.Item>
      </Menu.Dropdown>
    </ActionMenu>
  );
}
