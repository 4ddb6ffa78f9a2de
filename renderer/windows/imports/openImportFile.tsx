import { Button, FileInput, Group, Progress, Select, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { ImportChannelView } from '../../../shared/contract/importsCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { setNameSchema } from '../../../shared/dataset.ts';
import { goTo } from '../../actions/goTo.ts';
import { importFile } from '../../actions/imports.ts';
import { text } from '../../text/en.ts';

interface Wanted {
  readonly mode: 'real' | 'test' | 'preview';
  readonly channel?: string;
  readonly set?: string;
}

/** Asks for a file of this machine, and imports, tests or previews it. */
export function openImportFile(
  client: ContractClient,
  views: readonly ImportChannelView[],
  wanted: Wanted,
): void {
  modals.open({
    title: text.imports.dialog[wanted.mode],
    children: <FileForm client={client} views={views} wanted={wanted} />,
  });
}

interface FormProps {
  readonly client: ContractClient;
  readonly views: readonly ImportChannelView[];
  readonly wanted: Wanted;
}

function FileForm({ client, views, wanted }: FormProps) {
  const { mode } = wanted;
  const [channel, setChannel] = useState(wanted.channel ?? views[0]?.channel.name ?? '');
  const [set, setSet] = useState(wanted.set ?? 'default');
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const [sent, setSent] = useState<number | undefined>();
  const words = text.imports.dialog;
  const from = views.find((view) => view.channel.name === channel)?.channel.from;
  const hasSets = from !== undefined && 'folder' in from && from.folder.endsWith('/*');
  const setName = setNameSchema.safeParse(set.trim());
  const start = async () => {
    setMissing(file === null);
    if (file === null || (hasSets && !setName.success)) return;
    setSent(0);
    const request = { channel, mode, ...(hasSets ? { set: setName.data } : {}) };
    const runId = await importFile(client, file, request, setSent);
    setSent(undefined);
    if (runId === undefined) return;
    modals.closeAll();
    goTo('imports', 'run', runId);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Stack>
        <Text size="sm">{words.body[mode]}</Text>
        <Select
          label={words.channel}
          data={views.map((view) => view.channel.name)}
          value={channel}
          onChange={(value) => setChannel(value ?? channel)}
          allowDeselect={false}
        />
        {hasSets ? (
          <TextInput
            label={words.set}
            description={words.setHint}
            value={set}
            onChange={(event) => setSet(event.currentTarget.value)}
            error={setName.success ? undefined : setName.error.issues[0]?.message}
          />
        ) : null}
        <FileInput
          label={words.file}
          description={words.fileHint}
          placeholder={words.filePlaceholder}
          accept=".csv,.txt,.tsv,.zip"
          value={file}
          onChange={setFile}
          error={missing && file === null ? words.fileNeeded : undefined}
          data-autofocus
        />
        {sent === undefined ? null : <Progress value={sent * 100} aria-label={text.imports.sending} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {text.common.cancel}
          </Button>
          <Button type="submit" loading={sent !== undefined}>
            {words.start[mode]}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
