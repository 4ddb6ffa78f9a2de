import { Loader, Table, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useClient } from '../../api/client.ts';
import { Bytes } from '../../parts/Bytes.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Time } from '../../parts/Time.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

/** A packet may hold 10,000 files; nobody reads more than these. */
const shown = 200;

/** What is in a packet. */
export function PacketFiles({ packetId, label }: { readonly packetId: string; readonly label: string }) {
  const client = useClient();
  const read = useCallback(() => client.call('queue.files', { packetId }), [client, packetId]);
  const { value: files, error } = useReading('queue', read);
  const { fileColumns, filesMore, noFiles } = text.queue;
  if (error !== undefined) return <ErrorNote error={error} />;
  if (files === undefined) return <Loader size="sm" aria-label={text.common.loading} role="status" />;
  if (files.length === 0) return <Text c="dimmed">{noFiles}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={label}>
        <Table aria-label={label} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{fileColumns.channel}</Table.Th>
              <Table.Th>{fileColumns.path}</Table.Th>
              <Table.Th ta="right">{fileColumns.size}</Table.Th>
              <Table.Th>{fileColumns.modified}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.slice(0, shown).map((file) => (
              <Table.Tr key={`${file.channel}/${file.path}`}>
                <Table.Td>{file.channel}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{file.path}</Table.Td>
                <Table.Td ta="right" className="figures">
                  <Bytes value={file.sizeBytes} />
                </Table.Td>
                <Table.Td>
                  <Time ms={file.modifiedMs} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {files.length > shown ? <Text c="dimmed">{filesMore(files.length - shown)}</Text> : null}
    </>
  );
}
