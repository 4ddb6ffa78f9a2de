import { ActionIcon, Anchor, Menu, Paper, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots } from '@tabler/icons-react';
import type { ImportChannelView } from '../../../shared/contract/importsCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { removeImportChannel } from '../../actions/imports.ts';
import { useClient } from '../../api/client.ts';
import { ActionMenu } from '../../parts/ActionMenu.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { formatPlace } from '../../state/place.ts';
import { text } from '../../text/en.ts';
import { askToUndo } from './askToUndo.tsx';
import { outcomeOf, toneOf } from './importTones.ts';
import { openImportFile } from './openImportFile.tsx';

type SetView = ImportChannelView['sets'][number];

/** Every channel and its sets: what is published, how the last import went, and what can be done. */
export function ChannelTable({ views }: { readonly views: readonly ImportChannelView[] }) {
  const words = text.imports.channelColumns;
  return (
    <Paper p={0}>
      <Table.ScrollContainer minWidth={720} type="native">
        <Table aria-label={text.imports.channels} verticalSpacing="xs" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.channel}</Table.Th>
              <Table.Th>{words.from}</Table.Th>
              <Table.Th>{words.published}</Table.Th>
              <Table.Th>{words.last}</Table.Th>
              <Table.Th ta="right">{words.actions}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {views.flatMap((view) =>
              (view.sets.length === 0 ? [undefined] : view.sets).map((set) => (
                <ChannelRow
                  key={`${view.channel.name} ${set?.set ?? ''}`}
                  view={view}
                  set={set}
                  views={views}
                />
              )),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

interface RowProps {
  readonly view: ImportChannelView;
  readonly set: SetView | undefined;
  readonly views: readonly ImportChannelView[];
}

function ChannelRow({ view, set, views }: RowProps) {
  const words = text.imports;
  const { channel, place } = view;
  const published = set?.published;
  const last = set?.lastRun;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Text size="sm" fw={600}>
          {channel.name}
        </Text>
        <Text size="sm" c="dimmed" fw={400}>
          {set === undefined ? words.noSets : `${channel.dataset}, ${set.set}`}
        </Text>
      </Table.Th>
      <Table.Td>{place}</Table.Td>
      <Table.Td>
        {published === undefined ? (
          <Text size="sm" c="dimmed">
            {words.nothingPublished}
          </Text>
        ) : (
          <>
            <Text size="sm">{words.rows(published.rows)}</Text>
            <Text size="sm" c="dimmed">
              <Time ms={published.publishedMs ?? published.madeMs} />
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td>
        {last === undefined ? (
          <Text size="sm" c="dimmed">
            {words.neverRun}
          </Text>
        ) : (
          <>
            <StateBadge tone={toneOf(last)} title={last.error?.message}>
              {outcomeOf(last)}
            </StateBadge>
            <Text size="sm">
              <Anchor href={formatPlace({ window: 'imports', within: ['run', last.runId] })}>
                <Time ms={last.startedMs} />
              </Anchor>
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <RowActions view={view} set={set} views={views} />
      </Table.Td>
    </Table.Tr>
  );
}

function RowActions({ view, set, views }: RowProps) {
  const client = useClient();
  const words = text.imports;
  const { name } = view.channel;
  const label = set === undefined || set.set === 'default' ? name : `${name}, ${set.set}`;
  const choose = (mode: 'real' | 'test' | 'preview') =>
    openImportFile(client, views, { mode, channel: name, ...(set === undefined ? {} : { set: set.set }) });
  return (
    <ActionMenu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={words.actionsOf(label)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose('preview')}>{words.previewFile}</Menu.Item>
        <Menu.Item onClick={() => choose('test')}>{words.testFile}</Menu.Item>
        <Menu.Item onClick={() => choose('real')}>{words.importFile}</Menu.Item>
        <Menu.Divider />
        <Menu.Item
          disabled={set?.canRollBack !== true}
          onClick={() => set !== undefined && void askToUndo(client, name, set)}
        >
          {words.undo}
        </Menu.Item>
        <Menu.Item onClick={() => askToRemove(client, name)}>{words.remove}</Menu.Item>
      </Menu.Dropdown>
    </ActionMenu>
  );
}

function askToRemove(client: ContractClient, name: string): void {
  const words = text.imports;
  modals.openConfirmModal({
    title: words.removeTitle(name),
    children: <Text size="sm">{words.removeBody}</Text>,
    labels: { confirm: words.removeConfirm, cancel: text.common.cancel },
    confirmProps: { color: 'red.9' },
    cancelProps: { 'data-autofocus': true },
    onConfirm: () => void removeImportChannel(client, name),
  });
}
