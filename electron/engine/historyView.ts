import type { TransmissionDetail, TransmissionRow } from '../../shared/views.ts';
import type { Ledger, LedgerTables } from '../ledger/ledger.ts';

export function historyView(ledger: Ledger, limit: number): TransmissionRow[] {
  return ledger.read((tables) => tables.transmissions.latest(limit));
}

/** One run with its log, packets and files; undefined when there is no such run. */
export function transmissionDetail(ledger: Ledger, transmissionId: string): TransmissionDetail | undefined {
  return ledger.read((tables) => {
    const run = tables.transmissions.get(transmissionId);
    if (run === undefined) return undefined;
    return {
      ...run,
      notes: tables.transmissions.notes(transmissionId),
      packets: [...sent(tables, transmissionId), ...received(tables, transmissionId)],
    };
  });
}

function sent(tables: LedgerTables, transmissionId: string): TransmissionDetail['packets'] {
  return tables.transmissions.published(transmissionId).flatMap(({ packetId, folder }) => {
    const packet = tables.packets.get(packetId);
    if (packet === undefined) return [];
    const answers = tables.answers.ofPacket(packetId);
    return [
      {
        direction: 'sent' as const,
        fileName: packet.fileName,
        site: packet.to,
        outcome: answers.map((answer) => `${answer.site}: ${answer.outcome ?? 'awaited'}`).join(', '),
        message: `in ${folder}`,
        files: tables.packets
          .files(packetId)
          .map(({ channel, path, sizeBytes }) => ({ channel, path, sizeBytes })),
      },
    ];
  });
}

function received(tables: LedgerTables, transmissionId: string): TransmissionDetail['packets'] {
  return tables.inPackets.ofTransmission(transmissionId).map((packet) => ({
    direction: 'received' as const,
    fileName: packet.fileName,
    site: packet.from,
    outcome: packet.state,
    message: packet.message,
    files: tables.inPackets
      .files(packet.fileName)
      .map(({ channel, path, sizeBytes }) => ({ channel, path, sizeBytes })),
  }));
}
