import { Button, Group, Stack } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Attachment } from '../../../shared/contract/customerFilesCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { readAttachment } from '../../actions/customerFiles.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { downloadBytes } from '../../parts/downloadBytes.ts';
import { notifyFailure } from '../../parts/notify.ts';
import { text } from '../../text/en.ts';
import { FilePreview } from './FilePreview.tsx';

/** Shows an attached file, where it lies, and lets it be downloaded. */
export function openPreview(client: ContractClient, file: Attachment): void {
  const words = text.customerFiles;
  const read = () => readAttachment(client, file);
  const download = async () => {
    const bytes = await read();
    if (bytes instanceof Uint8Array) downloadBytes(file.name, bytes);
    else notifyFailure(bytes);
  };
  const id = modals.open({
    title: file.name,
    size: 'xl',
    children: (
      <Stack>
        <FilePreview name={file.name} read={read} />
        <CopyField
          label={words.pathLabel}
          description={words.pathHint}
          value={file.path}
          copyLabel={words.copyPath}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.close(id)}>
            {text.common.close}
          </Button>
          <Button onClick={() => void download()}>{words.download}</Button>
        </Group>
      </Stack>
    ),
  });
}
