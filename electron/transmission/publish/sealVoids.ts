import { join } from 'node:path';
import { formatRemoteName } from '../../../shared/remoteNames.ts';
import type { PacketRow } from '../../ledger/ledger.ts';
import { sealPacket } from '../../packet/sealPacket.ts';
import { randomShortId, uuidV7 } from '../../platform/random.ts';
import { addresseesOf } from '../outgoing/addressees.ts';
import type { RunContext } from '../siteContext.ts';
import { type OwedVoid, owedVoids, voidPaid } from './owedVoids.ts';

/**
 * Makes and queues the void packets that are owed, so that nobody waits for numbers that will never come.
 */
export async function sealVoids(run: RunContext, officeId: string): Promise<void> {
  for (const owed of run.ledger.read(owedVoids)) await sealVoid(run, officeId, owed);
}

async function sealVoid(run: RunContext, officeId: string, owed: OwedVoid): Promise<void> {
  const stream = run.ledger.read((tables) => tables.outStreams.get(owed.to));
  if (stream === undefined) return;
  const packetId = uuidV7(run.random, run.clock);
  const shortId = randomShortId(run.random);
  const packet: PacketRow = {
    packetId,
    streamId: stream.streamId,
    to: owed.to,
    sequence: owed.from,
    through: owed.through,
    kind: 'void',
    usage: 'production',
    fileName: formatRemoteName({ kind: 'packet', from: run.me, to: owed.to, sequence: owed.from, shortId }),
    state: 'sealing',
    sizeBytes: 0,
    contentBytes: 0,
    fileCount: 0,
    createdMs: run.clock.now(),
    backupRemovedMs: undefined,
  };
  run.ledger.commit('void-begin', (tables) => tables.packets.insert(packet));
  const { sealed } = await sealPacket({
    header: {
      formatVersion: 1,
      kind: 'void',
      packetId,
      officeId,
      from: run.me,
      fromGuid: run.guid,
      to: owed.to,
      streamId: stream.streamId,
      sequence: owed.from,
      through: owed.through,
      usage: 'production',
      createdMs: packet.createdMs,
    },
    sources: [],
    destination: join(run.folders.backup, packet.fileName),
    compressionLevel: run.delivery.compressionLevel,
    signal: run.signal,
  });
  run.ledger.commit('void-done', (tables) => {
    if (sealed === undefined) {
      tables.packets.remove(packetId);
      return;
    }
    tables.packets.setSealed(packetId, { sizeBytes: sealed.sizeBytes, contentBytes: 0, fileCount: 0 });
    tables.deliveries.add({ packetId, folder: owed.folder, addressee: owed.addressee });
    const sites =
      owed.addressee === 'all' ? addresseesOf(tables, { to: 'all', sequence: owed.from }) : [owed.addressee];
    for (const site of sites) tables.answers.expect(packetId, site);
    voidPaid(tables, owed);
  });
}
