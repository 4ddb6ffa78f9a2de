import { Anchor, Badge, Button, Group, Loader, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { HistoryFile } from '../../../shared/contract/rows.ts';
import { goTo } from '../../actions/goTo.ts';
import { useClient } from '../../api/client.ts';
import { Bytes } from '../../parts/Bytes.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Time } from '../../parts/Time.tsx';
import { PageBar } from '../../parts/table/PageBar.tsx';
import { usePages } from '../../parts/table/usePages.ts';
import { formatPlace } from '../../state/place.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

const limit = 500;

/** "Where did this file go?" The question stands in the address, so that "back" leads to its answer again. */
export function FileSearch({ sought }: { readonly sought: string }) {
  const [typed, setTyped] = useState(sought);
  const words = text.history;
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goTo('history', 'files', typed.trim());
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={words.filesLabel}
            description={words.filesHint}
            placeholder={words.filesPlaceholder}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={500}
            flex={1}
            maw={560}
          />
          <Button type="submit">{words.filesSearch}</Button>
        </Group>
      </form>
      {sought === '' ? null : <Found key={sought} sought={sought} />}
    </Stack>
  );
}

function Found({ sought }: { readonly sought: string }) {
  const client = useClient();
  const read = useCallback(() => client.call('history.files', { text: sought, limit }), [client, sought]);
  const { value: files, error } = useReading('history', read);
  const { shown, page, pages, first, setPage } = usePages(files ?? [], 50);
  const words = text.history;
  if (error !== undefined) return <ErrorNote error={error} />;
  if (files === undefined) return <Loader aria-label={text.common.loading} role="status" />;
  if (files.length === 0) return <Text role="status">{words.filesNone(sought)}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {words.filesFound(files.length, limit)}
      </Text>
      <Paper p={0}>
        <FileTable files={shown} />
      </Paper>
      {pages < 2 ? null : (
        <PageBar
          page={page}
          pages={pages}
          first={first}
          shown={shown.length}
          total={files.length}
          onPage={setPage}
        />
      )}
    </Stack>
  );
}

function FileTable({ files }: { readonly files: readonly HistoryFile[] }) {
  const { fileColumns, filesTable, directions, packetTo, packetFrom, openRun } = text.history;
  return (
    <Table.ScrollContainer minWidth={860} type="native" tabIndex={0} role="group" aria-label={filesTable}>
      <Table aria-label={filesTable} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{fileColumns.file}</Table.Th>
            <Table.Th>{fileColumns.direction}</Table.Th>
            <Table.Th>{fileColumns.outcome}</Table.Th>
            <Table.Th>{fileColumns.when}</Table.Th>
            <Table.Th ta="right">{fileColumns.size}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((file) => (
            <Table.Tr key={`${file.direction} ${file.packetFileName} ${file.channel}/${file.path}`}>
              <Table.Th scope="row" fw={400} style={{ overflowWrap: 'anywhere' }}>
                <Text fw={600}>{file.path}</Text>
                <Text size="sm" c="dimmed">
                  {file.channel} · {file.packetFileName}
                </Text>
              </Table.Th>
              <Table.Td>
                <Badge color="gray">{directions[file.direction]}</Badge>
                <Text size="sm">
                  {(file.direction === 'sent' ? packetTo : packetFrom)(text.sites.within(file.site))}
                </Text>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{file.outcome}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Time ms={file.atMs} />
                {file.transmissionId === undefined ? null : (
                  <Anchor
                    size="sm"
                    display="block"
                    href={formatPlace({ window: 'history', within: ['run', file.transmissionId] })}
                  >
                    {openRun}
                  </Anchor>
                )}
              </Table.Td>
              <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>
                <Bytes value={file.sizeBytes} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
