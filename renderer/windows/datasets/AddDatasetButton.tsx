import { Button, FileButton, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import { addDataset } from '../../actions/datasets.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';

/** Adds a dataset by its schema file, and says in place what is wrong with one. */
export function AddDatasetButton({ onAdded }: { readonly onAdded: (dataset: string) => void }) {
  const client = useClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [error, setError] = useState<ErrorReport>();
  // A corrected file has the name of the wrong one: without this the browser sees no change.
  const forget = useRef<() => void>(null);
  const words = text.datasets;
  const take = async (file: File | null) => {
    if (file === null) return;
    forget.current?.();
    const added = await addDataset(client, file);
    if ('error' in added) return setError(added.error);
    close();
    onAdded(added.dataset);
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => {
          setError(undefined);
          open();
        }}
      >
        {words.add}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={words.addTitle}
        closeButtonProps={{ 'aria-label': text.common.close }}
      >
        <Stack>
          <Text>{words.addHint}</Text>
          {error === undefined ? null : <ErrorNote error={error} />}
          <FileButton resetRef={forget} accept="application/json,.json" onChange={(file) => void take(file)}>
            {(props) => <Button {...props}>{words.chooseFile}</Button>}
          </FileButton>
        </Stack>
      </Modal>
    </>
  );
}
