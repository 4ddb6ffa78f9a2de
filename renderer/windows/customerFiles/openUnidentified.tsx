import { Button, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { UnidentifiedFile } from '../../../shared/contract/customerFilesCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { attachFile, deleteFile, putBackFile, readUnidentified } from '../../actions/customerFiles.ts';
import { downloadBytes } from '../../parts/downloadBytes.ts';
import { notifyFailure } from '../../parts/notify.ts';
import { text } from '../../text/en.ts';
import { FilePreview } from './FilePreview.tsx';
import { WhoseFile } from './WhoseFile.tsx';

/** Larger files are not fetched for a look at them. */
const mostPreviewBytes = 20 * 1024 * 1024;

/** One unidentified file: what is in it, whose it may be, and what to do with it. */
export function openUnidentified(client: ContractClient, file: UnidentifiedFile): void {
  const id = modals.open({
    title: file.name,
    size: '70rem',
    children: <Resolve client={client} file={file} onDone={() => modals.close(id)} />,
  });
}

interface ResolveProps {
  readonly client: ContractClient;
  readonly file: UnidentifiedFile;
  readonly onDone: () => void;
}

function Resolve({ client, file, onDone }: ResolveProps) {
  const [busy, setBusy] = useState('');
  const [read] = useState(() => () => readUnidentified(client, file));
  const words = text.customerFiles;
  const act = async (what: string, work: () => Promise<boolean>) => {
    setBusy(what);
    const done = await work();
    setBusy('');
    if (done) onDone();
  };
  const download = async () => {
    const bytes = await read();
    if (bytes instanceof Uint8Array) downloadBytes(file.name, bytes);
    else notifyFailure(bytes);
  };
  const tooLarge = (file.sizeBytes ?? 0) > mostPreviewBytes;
  return (
    <Stack>
      <Text size="sm">
        {words.reasons[file.reason]}
        {file.key === '' ? '.' : `. ${words.key(file.key)}.`}
      </Text>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Title order={3} mb="xs">
            {words.preview}
          </Title>
          {tooLarge ? <Text c="dimmed">{words.tooLarge}</Text> : <FilePreview name={file.name} read={read} />}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <WhoseFile
            client={client}
            file={file}
            busy={busy}
            onAttach={(customer) => void act(customer, () => attachFile(client, file, customer))}
          />
        </Grid.Col>
      </Grid>
      <Group justify="space-between">
        <Group gap="xs">
          <Button
            variant="default"
            title={words.putBackHint}
            loading={busy === 'put-back'}
            disabled={busy !== ''}
            onClick={() => void act('put-back', () => putBackFile(client, file))}
          >
            {words.putBack}
          </Button>
          <Button variant="default" disabled={busy !== ''} onClick={() => askToDelete(client, file, onDone)}>
            {words.delete}
          </Button>
        </Group>
        <Group gap="xs">
          <Button variant="default" disabled={busy !== '' || tooLarge} onClick={() => void download()}>
            {words.download}
          </Button>
          <Button variant="default" onClick={onDone}>
            {text.common.close}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** Says what deleting means before it is done: it cannot be taken back. */
function askToDelete(client: ContractClient, file: UnidentifiedFile, after: () => void): void {
  const words = text.customerFiles;
  modals.openConfirmModal({
    title: words.deleteTitle(file.name),
    children: <Text size="sm">{words.deleteBody}</Text>,
    labels: { confirm: words.deleteConfirm, cancel: words.deleteKeep },
    confirmProps: { color: 'red.9' },
    // Enter on an accidental click must not destroy anything.
    cancelProps: { 'data-autofocus': true },
    onConfirm: () => {
      void deleteFile(client, file).then((done) => {
        if (done) after();
      });
    },
  });
}
