import { ActionIcon, Anchor, Badge, Group, Loader, Paper, Table, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconEye } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import type { Attachment } from '../../../shared/contract/customerFilesCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { readAttachment } from '../../actions/customerFiles.ts';
import { useClient } from '../../api/client.ts';
import { Bytes } from '../../parts/Bytes.tsx';
import { downloadBytes } from '../../parts/downloadBytes.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { notifyFailure } from '../../parts/notify.ts';
import { Time } from '../../parts/Time.tsx';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { formatPlace } from '../../state/place.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { openPreview } from './openPreview.tsx';

interface CustomerPageProps {
  readonly dataset: string;
  readonly customer: string;
}

/** One customer's files, with all versions. */
export function CustomerPage({ dataset, customer }: CustomerPageProps) {
  const client = useClient();
  const read = useCallback(
    () => client.call('customerFiles.files', { dataset, customer }),
    [client, dataset, customer],
  );
  const { value, error } = useReading('customer-files', read);
  const words = text.customerFiles;
  const known = value?.customer;
  return (
    <WindowFrame
      title={known === undefined ? words.title : words.customerTitle(known.label)}
      description={known === undefined ? undefined : words.customerKey(known.customer, known.number)}
      width="wide"
    >
      <Anchor href={formatPlace({ window: 'customer-files', within: [] })}>{words.backToCustomers}</Anchor>
      {error === undefined ? null : <ErrorNote error={error} />}
      {value === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : value.files.length === 0 ? (
        <Text role="status">{words.noSuchCustomer}</Text>
      ) : (
        <Paper p={0}>
          <FileTable files={value.files} />
        </Paper>
      )}
    </WindowFrame>
  );
}

function FileTable({ files }: { readonly files: readonly Attachment[] }) {
  const { fileColumns, filesTable } = text.customerFiles;
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table aria-label={filesTable} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{fileColumns.file}</Table.Th>
            <Table.Th>{fileColumns.version}</Table.Th>
            <Table.Th ta="right">{fileColumns.size}</Table.Th>
            <Table.Th>{fileColumns.attached}</Table.Th>
            <Table.Th ta="right">{fileColumns.actions}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((file, index) => (
            <FileRow key={file.id} file={file} isOlder={isOlder(files, index)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The newest version of each file stands first. */
function isOlder(files: readonly Attachment[], index: number): boolean {
  const before = files[index - 1];
  return before !== undefined && before.name.toLowerCase() === files[index]?.name.toLowerCase();
}

function FileRow({ file, isOlder: older }: { readonly file: Attachment; readonly isOlder: boolean }) {
  const client = useClient();
  const words = text.customerFiles;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} style={{ overflowWrap: 'anywhere' }} {...(older ? { pl: 'xl' } : {})}>
        <Text fw={older ? 400 : 600}>{file.name}</Text>
        <Text size="sm" c="dimmed">
          {words.from(file.source)}
        </Text>
      </Table.Th>
      <Table.Td>
        <Badge color={older ? 'gray' : 'line'}>{words.version(file.version)}</Badge>
      </Table.Td>
      <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>
        <Bytes value={file.sizeBytes} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time ms={file.attachedMs} />
      </Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Act
            label={words.open}
            name={words.openFile(file.name, file.version)}
            onClick={() => openPreview(client, file)}
          >
            <IconEye size={18} aria-hidden />
          </Act>
          <Act
            label={words.download}
            name={words.downloadFile(file.name, file.version)}
            onClick={() => void download(client, file)}
          >
            <IconDownload size={18} aria-hidden />
          </Act>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

interface ActProps {
  readonly label: string;
  readonly name: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Act({ label, name, onClick, children }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" size="lg" aria-label={name} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

async function download(client: ContractClient, file: Attachment): Promise<void> {
  const bytes = await readAttachment(client, file);
  if (bytes instanceof Uint8Array) downloadBytes(file.name, bytes);
  else notifyFailure(bytes);
}
