import { Accordion, Badge, Group, Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { TransmissionDetail } from '../../../shared/views.ts';
import { Bytes } from '../../parts/Bytes.tsx';
import { PageBar } from '../../parts/table/PageBar.tsx';
import { usePages } from '../../parts/table/usePages.ts';
import { text } from '../../text/en.ts';

type Packet = TransmissionDetail['packets'][number];

const pageSize = 20;
const shownFiles = 200;

/** A transmission's packets; one opens to its files. */
export function PacketList({ packets }: { readonly packets: readonly Packet[] }) {
  const { shown, page, pages, first, setPage } = usePages(packets, pageSize);
  const words = text.history;
  if (packets.length === 0) return <Text c="dimmed">{words.packetsNone}</Text>;
  return (
    <>
      <Accordion multiple variant="separated" order={3}>
        {shown.map((packet) => (
          <Accordion.Item
            key={`${packet.direction} ${packet.fileName}`}
            value={`${packet.direction} ${packet.fileName}`}
          >
            <Accordion.Control>
              <Group gap="sm">
                <Badge
                  color="gray"
                  leftSection={
                    packet.direction === 'sent' ? (
                      <IconArrowUp size={14} aria-hidden />
                    ) : (
                      <IconArrowDown size={14} aria-hidden />
                    )
                  }
                >
                  {words.directions[packet.direction]}
                </Badge>
                <Text span>
                  {packet.direction === 'sent'
                    ? words.packetTo(text.sites.within(packet.site))
                    : words.packetFrom(text.sites.within(packet.site))}
                </Text>
                <Text span size="sm" c="dimmed">
                  {words.packetFiles(packet.files.length)} · {outcomeWords(packet)}
                </Text>
              </Group>
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {packet.fileName}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              {packet.message === '' ? null : (
                <Text size="sm" mb="xs">
                  {packet.message}
                </Text>
              )}
              <Files packet={packet} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {pages < 2 ? null : (
        <PageBar
          page={page}
          pages={pages}
          first={first}
          shown={shown.length}
          total={packets.length}
          onPage={setPage}
        />
      )}
    </>
  );
}

function Files({ packet }: { readonly packet: Packet }) {
  const { fileColumns, filesMore, noFiles } = text.queue;
  if (packet.files.length === 0) return <Text c="dimmed">{noFiles}</Text>;
  return (
    <>
      <Table aria-label={text.queue.filesTitle(packet.fileName)} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{fileColumns.channel}</Table.Th>
            <Table.Th>{fileColumns.path}</Table.Th>
            <Table.Th ta="right">{fileColumns.size}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {packet.files.slice(0, shownFiles).map((file) => (
            <Table.Tr key={`${file.channel}/${file.path}`}>
              <Table.Td>{file.channel}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{file.path}</Table.Td>
              <Table.Td ta="right" className="figures">
                <Bytes value={file.sizeBytes} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {packet.files.length > shownFiles ? (
        <Text c="dimmed">{filesMore(packet.files.length - shownFiles)}</Text>
      ) : null}
    </>
  );
}

/** A received packet's outcome is the ledger's word for its state; a sent one's is a sentence already. */
function outcomeWords({ direction, outcome }: Packet): string {
  const states: Readonly<Record<string, string>> = text.history.inStates;
  return direction === 'received' ? (states[outcome] ?? outcome) : outcome;
}
