import { Anchor, Loader, Paper, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { UnidentifiedFile } from '../../../shared/contract/customerFilesCalls.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { useClient } from '../../api/client.ts';
import { Bytes } from '../../parts/Bytes.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Time } from '../../parts/Time.tsx';
import { PageBar } from '../../parts/table/PageBar.tsx';
import { usePages } from '../../parts/table/usePages.ts';
import { text } from '../../text/en.ts';
import { openUnidentified } from './openUnidentified.tsx';

interface UnidentifiedTabProps {
  readonly reading: { readonly value?: readonly UnidentifiedFile[]; readonly error?: ErrorReport };
}

/** Files that nobody was found for, the newest first. */
export function UnidentifiedTab({ reading: { value, error } }: UnidentifiedTabProps) {
  const { shown, page, pages, first, setPage } = usePages(value ?? [], 50);
  const words = text.customerFiles;
  if (error !== undefined) return <ErrorNote error={error} />;
  if (value === undefined) return <Loader aria-label={text.common.loading} role="status" />;
  if (value.length === 0) {
    return (
      <Paper>
        <EmptyState icon={IconCircleCheck} title={words.allIdentifiedTitle}>
          {words.allIdentifiedBody}
        </EmptyState>
      </Paper>
    );
  }
  return (
    <Stack gap="sm">
      <Paper p={0}>
        <FileTable files={shown} />
      </Paper>
      <PageBar
        page={page}
        pages={pages}
        first={first}
        shown={shown.length}
        total={value.length}
        onPage={setPage}
      />
    </Stack>
  );
}

function FileTable({ files }: { readonly files: readonly UnidentifiedFile[] }) {
  const client = useClient();
  const { unidentifiedColumns, unidentifiedTable, reasons, resolve } = text.customerFiles;
  return (
    <Table.ScrollContainer minWidth={680} type="native">
      <Table aria-label={unidentifiedTable} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{unidentifiedColumns.file}</Table.Th>
            <Table.Th>{unidentifiedColumns.why}</Table.Th>
            <Table.Th>{unidentifiedColumns.since}</Table.Th>
            <Table.Th ta="right">{unidentifiedColumns.size}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((file) => (
            <Table.Tr key={file.id}>
              <Table.Th scope="row" fw={400} style={{ overflowWrap: 'anywhere' }}>
                <Anchor
                  component="button"
                  type="button"
                  fw={600}
                  ta="left"
                  aria-label={resolve(file.name)}
                  onClick={() => openUnidentified(client, file)}
                >
                  {file.name}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {file.folder}
                </Text>
              </Table.Th>
              <Table.Td>{reasons[file.reason]}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Time ms={file.foundMs} />
              </Table.Td>
              <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>
                {file.sizeBytes === undefined ? null : <Bytes value={file.sizeBytes} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
