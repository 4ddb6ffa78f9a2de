import type {
  InFileRow,
  InPacketRow,
  InStreamRow,
  PacketFileRow,
  PacketRow,
  SiteRow,
} from '../../electron/ledger/ledger.ts';
import {
  type ChannelName,
  channelNameSchema,
  type StoreNumber,
  storeNumberSchema,
} from '../../shared/sites.ts';

export const store12: StoreNumber = storeNumberSchema.parse('0012');
export const store13: StoreNumber = storeNumberSchema.parse('0013');
const dailyClose: ChannelName = channelNameSchema.parse('daily-close');

export function packet(given: Partial<PacketRow> = {}): PacketRow {
  const sequence = given.sequence ?? 1;
  return {
    packetId: `packet-${sequence}`,
    streamId: 'stream-1',
    to: 'central',
    sequence,
    through: sequence,
    kind: 'files',
    usage: 'production',
    fileName: `0012-central-${sequence}.tar.zst`,
    state: 'sealed',
    sizeBytes: 100,
    contentBytes: 200,
    fileCount: 1,
    createdMs: 1000 + sequence,
    backupRemovedMs: undefined,
    ...given,
  };
}

export function packetFile(path: string, given: Partial<PacketFileRow> = {}): PacketFileRow {
  return {
    channel: dailyClose,
    path,
    sizeBytes: 10,
    sha256: 'a'.repeat(64),
    modifiedMs: 5,
    sourcePath: `/out/${path}`,
    sourceModifiedNs: '1763716864123456789',
    sourceInode: '18446744073709551615',
    ...given,
  };
}

export function inPacket(given: Partial<InPacketRow> = {}): InPacketRow {
  return {
    fileName: 'in-1.tar.zst',
    packetId: 'in-packet-1',
    streamId: 'in-stream-1',
    from: 'central',
    to: store12,
    sequence: 1,
    through: 1,
    sizeBytes: 50,
    state: 'applied',
    code: 'ok',
    message: '',
    receivedMs: 7,
    transmissionId: 'run-1',
    staging: '',
    ...given,
  };
}

export function inFile(path: string, given: Partial<InFileRow> = {}): InFileRow {
  return {
    channel: dailyClose,
    path,
    sizeBytes: 10,
    sha256: 'b'.repeat(64),
    modifiedMs: 5,
    stagedName: '0',
    targetPath: undefined,
    result: 'pending',
    ...given,
  };
}

export function inStream(given: Partial<InStreamRow> = {}): InStreamRow {
  return {
    streamId: 'in-stream-1',
    from: 'central',
    to: store12,
    appliedThrough: 0,
    firstSeenMs: 3,
    missing: [],
    asked: undefined,
    ...given,
  };
}

export function site(given: Partial<SiteRow> = {}): SiteRow {
  return {
    name: store12,
    guid: undefined,
    label: 'High Street',
    firstSeenMs: 1,
    lastReceiptNumber: 0,
    lastReceiptMs: undefined,
    lastReceiptMade: 0,
    welcomed: false,
    allStartsAt: undefined,
    version: undefined,
    ...given,
  };
}
