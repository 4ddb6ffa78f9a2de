import { Button, Code, Group, Stack, Switch, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import {
  type DropFolderPreset,
  type DropFolderSettings,
  dropFolderPresets,
  dropFolderSchema,
} from '../../../shared/dropFolderSettings.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { saveSettings } from '../../actions/saveSettings.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';

/** Which folders of the FTP site partners can put files into. */
export function openDropFolders(client: ContractClient): void {
  const id = modals.open({
    title: text.customerFiles.foldersTitle,
    size: 'lg',
    children: <DropFolders client={client} onClose={() => modals.close(id)} />,
  });
}

// Object.keys widens the keys of the table.
const presetNames = Object.keys(dropFolderPresets) as DropFolderPreset[];

function DropFolders({ client, onClose }: { readonly client: ContractClient; readonly onClose: () => void }) {
  const settings = useApp((app) => app.site?.settings?.dropFolders);
  const [error, setError] = useState<ErrorReport>();
  const [busy, setBusy] = useState(false);
  const words = text.customerFiles;
  if (settings === undefined) return null;
  const { folders } = settings;
  const save = async (next: readonly DropFolderSettings[]) => {
    setBusy(true);
    setError(await saveSettings(client, { dropFolders: { ...settings, folders: [...next] } }));
    setBusy(false);
  };
  const isPreset = (folder: DropFolderSettings) =>
    presetNames.some((name) => dropFolderPresets[name].path === folder.path);
  const others = folders.filter((folder) => !isPreset(folder));
  return (
    <Stack>
      <Text size="sm">{words.foldersBody}</Text>
      {presetNames.map((name) => {
        const preset = dropFolderPresets[name];
        const on = folders.some(({ path }) => path === preset.path);
        return (
          <Switch
            key={name}
            label={words.presets[name]}
            description={words.presetHint(preset.path, words.columns[preset.column])}
            checked={on}
            disabled={busy}
            onChange={() =>
              void save(
                on
                  ? folders.filter(({ path }) => path !== preset.path)
                  : [...folders, dropFolderSchema.parse(preset)],
              )
            }
          />
        );
      })}
      {others.length === 0 ? null : <Text fw={600}>{words.otherFolders}</Text>}
      {others.map((folder) => (
        <Group key={folder.name} justify="space-between" wrap="nowrap">
          <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Text>{folder.path}/</Text>
            <Text size="sm" c="dimmed">
              {words.otherHint(folder.pattern, `${folder.dataset}.${folder.column}`)}
            </Text>
          </div>
          <Button
            variant="default"
            size="xs"
            aria-label={words.removeFolder(folder.name)}
            disabled={busy}
            onClick={() => void save(folders.filter(({ name }) => name !== folder.name))}
          >
            {words.remove}
          </Button>
        </Group>
      ))}
      {error === undefined ? null : <ErrorNote error={error} title={text.common.notSaved} />}
      <Text size="sm" c="dimmed">
        {words.ownHint} <Code>{words.ownCommand}</Code>
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{text.common.close}</Button>
      </Group>
    </Stack>
  );
}
