import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { PacketHeader } from '../../../shared/packetHeader.ts';
import type { Outcome } from '../../../shared/receipt.ts';
import type { InFileRow, InPacketRow, InStreamRow, LedgerTables } from '../../ledger/ledger.ts';
import { localPath } from '../../packet/localPath.ts';
import { PacketRefusal } from '../../packet/packet.ts';
import { toDate } from '../../platform/clock.ts';
import { knownWelcome } from '../office/welcome.ts';
import { placeFile } from '../placeFile.ts';
import { sideBySide } from '../sideBySide.ts';
import type { RunContext, SiteContext } from '../siteContext.ts';
import type { InboxFile } from './inboxListing.ts';
import { type StagedPacket, stagePacket, stagingFolder, stagingOf } from './stagePacket.ts';

export type ApplyResult =
  | { readonly kind: 'applied' | 'duplicate' }
  /** Out of sequence: it waits for the numbers before it. */
  | { readonly kind: 'early' }
  | { readonly kind: 'refused'; readonly refusal: PacketRefusal };

/**
 * Verifies a downloaded packet whole and puts its files in place.
 *
 * Shape:   `staged`: it is verified already, and its files lie in its staging folder.
 * Promise: applied at most once and in sequence within its stream; a packet that does not verify leaves nothing
 *          behind. A kill at any moment is finished by `finishApplying`.
 * Errors:  those of the local disk.
 */
export async function applyPacket(
  run: RunContext,
  officeId: string,
  file: InboxFile,
  path: string,
  staged: StagedPacket | undefined,
): Promise<ApplyResult> {
  const staging = stagingOf(run, file);
  let unpacked: StagedPacket;
  try {
    unpacked = staged ?? (await stagePacket(run, officeId, file, path));
    checkSender(run, unpacked.header);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (error instanceof PacketRefusal) return { kind: 'refused', refusal: error };
    throw error;
  }
  const { header } = unpacked;
  const before = run.ledger.read((tables) => ({
    stream: tables.inStreams.get(header.streamId),
    row: tables.inPackets.get(file.fileName),
    twin: tables.inPackets.byPacketId(header.packetId),
  }));
  const stream = before.stream ?? newStream(run, header);
  const comesAgain = before.row?.state === 'rejected';
  const known = before.twin?.state === 'applied';
  if (known || (header.through <= stream.appliedThrough && !comesAgain)) {
    await rm(staging, { recursive: true, force: true });
    if (!known && isNumberReused(run, header)) return { kind: 'refused', refusal: numberReused(header) };
    recordDuplicate(run, file, header, known);
    return { kind: 'duplicate' };
  }
  if (header.sequence > stream.appliedThrough + 1) {
    await rm(staging, { recursive: true, force: true });
    if (before.stream === undefined) {
      run.ledger.commit('stream-met', (tables) => tables.inStreams.put(stream));
    }
    return { kind: 'early' };
  }
  noticeClock(run, header);
  const files = header.usage === 'test' ? [] : unpacked.files;
  const packet: InPacketRow = {
    ...rowOf(run, file, header),
    state: 'applying',
    code: 'ok',
    message: '',
    staging: `${stagingFolder}/${file.fileName}`,
  };
  run.ledger.commit('apply-begin', (tables) => {
    tables.inPackets.put(packet);
    tables.inPackets.setFiles(
      file.fileName,
      files.map(
        (entry): InFileRow => ({
          channel: entry.channel,
          path: entry.path,
          sizeBytes: entry.sizeBytes,
          sha256: entry.sha256,
          modifiedMs: entry.modifiedMs,
          stagedName: entry.stagedPath.slice(staging.length + 1),
          targetPath: undefined,
          result: 'pending',
        }),
      ),
    );
    tables.inStreams.put({ ...stream, appliedThrough: stream.appliedThrough });
    if (file.ours) tables.inPackets.addRemoval({ path: file.path });
  });
  if (header.usage === 'test') await passOnTestFiles(run, packet, unpacked);
  await finishApplying(run, packet);
  if (header.usage === 'test') run.note('info', `${file.fileName} is a test packet: verified and discarded.`);
  run.tally.receivedPackets += 1;
  run.tally.receivedFiles += files.length;
  run.tally.receivedBytes += packet.sizeBytes;
  if (header.kind === 'files')
    run.note('info', `Received ${files.length} file(s) from ${header.from} in ${file.fileName}.`);
  return { kind: 'applied' };
}

/** Others may try what a test packet brings; it is not put in place, and gone afterwards. */
async function passOnTestFiles(run: RunContext, packet: InPacketRow, { files }: StagedPacket): Promise<void> {
  const tested = files.map(({ channel, path, stagedPath }) => ({
    channel,
    path,
    stagedPath,
    from: packet.from,
    packetFileName: packet.fileName,
  }));
  await run.hooks?.testFiles?.(run, tested);
}

/**
 * Puts the staged files of a packet in their places and records that it is applied. Also finishes what a kill
 * interrupted: a staged file that is gone had already been put in place.
 */
export async function finishApplying(site: SiteContext, packet: InPacketRow): Promise<void> {
  const files = site.ledger.read((tables) => tables.inPackets.files(packet.fileName));
  const staging = join(site.folders.incoming, packet.staging);
  const placed = await sideBySide(files, (file) => placeOne(site, packet, staging, file));
  const refused = placed.filter((file) => file.result === 'refused');
  const outcome: Outcome = refused.length > 0 ? 'accepted-with-errors' : 'accepted';
  const message =
    refused.length > 0 ? `${refused.length} file(s) were set aside because their names exist.` : '';
  site.ledger.commit('apply-done', (tables) => {
    const code = refused.length > 0 ? 'name-exists' : 'ok';
    tables.inPackets.put({ ...packet, state: 'applied', code, message });
    tables.inPackets.setFiles(packet.fileName, placed);
    advance(tables, packet);
    tables.receipts.due({ site: packet.from, fileName: packet.fileName, outcome, code, message });
  });
  await rm(staging, { recursive: true, force: true });
  await rm(join(site.folders.inbox, packet.fileName), { force: true });
}

async function placeOne(
  site: SiteContext,
  packet: InPacketRow,
  staging: string,
  file: InFileRow,
): Promise<InFileRow> {
  const staged = join(staging, file.stagedName);
  const target = join(site.folders.incoming, file.channel, packet.from, ...localPath(file.path).split('/'));
  try {
    const modified = toDate(file.modifiedMs);
    await utimes(staged, modified, modified);
  } catch (error) {
    // Gone from staging: it was put in place before a kill.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { ...file, targetPath: target, result: 'placed' };
    }
    throw error;
  }
  const path = await placeFile(staged, target, site.delivery.existingFile);
  if (path !== undefined) return { ...file, targetPath: path, result: 'placed' };
  const aside = join(site.folders.refused, file.channel, packet.from, ...localPath(file.path).split('/'));
  const kept = await placeFile(staged, aside, 'keep-both');
  return { ...file, targetPath: kept, result: 'refused' };
}

function advance(tables: LedgerTables, packet: InPacketRow): void {
  const stream = packet.streamId === undefined ? undefined : tables.inStreams.get(packet.streamId);
  if (stream === undefined) return;
  tables.inStreams.put({ ...stream, appliedThrough: Math.max(stream.appliedThrough, packet.through) });
}

function recordDuplicate(run: RunContext, file: InboxFile, header: PacketHeader, known: boolean): void {
  const message = known ? 'This packet was applied before.' : 'Its number was answered before.';
  run.ledger.commit('duplicate', (tables) => {
    tables.inPackets.put({
      ...rowOf(run, file, header),
      // The same packet id may stand under another name; only one row may carry it.
      packetId: known ? undefined : header.packetId,
      state: 'duplicate',
      code: 'duplicate',
      message,
      staging: '',
    });
    if (file.ours) tables.inPackets.addRemoval({ path: file.path });
    tables.receipts.due({
      site: header.from,
      fileName: file.fileName,
      outcome: 'duplicate',
      code: 'duplicate',
      message,
    });
  });
  run.tally.duplicates += 1;
}

/**
 * Two different packets with files under one number: the sender counts anew, as after an old backup of its
 * ledger was put back. Taking the second for a duplicate would lose its files.
 */
function isNumberReused(run: RunContext, header: PacketHeader): boolean {
  if (header.files.length === 0) return false;
  return run.ledger.read((tables) => tables.inPackets.hasFilesAt(header.streamId, header.sequence));
}

function numberReused(header: PacketHeader): PacketRefusal {
  return new PacketRefusal(
    'number-reused',
    `Another packet from ${header.from} was applied under number ${header.sequence}: the sender's ledger may come from an old backup. Its files must be sent again.`,
  );
}

/** A stream seen for the first time begins at 1, or, for broadcasts, where the central site said. */
function newStream(run: RunContext, header: PacketHeader): InStreamRow {
  const welcome = knownWelcome(run)?.welcome;
  const startsAt = header.to === 'all' && welcome?.allStreamId === header.streamId ? welcome.startsAt : 1;
  return {
    streamId: header.streamId,
    from: header.from,
    to: header.to,
    appliedThrough: startsAt - 1,
    firstSeenMs: run.clock.now(),
    missing: [],
    asked: undefined,
  };
}

function checkSender(run: RunContext, header: PacketHeader): void {
  const site = run.ledger.read((tables) => tables.sites.get(header.from));
  if (site?.guid === undefined || site.guid === header.fromGuid) return;
  run.attention(
    `Two installations call themselves ${header.from}: the known one (${site.guid}) and ${header.fromGuid}. A packet of the second was refused.`,
  );
  throw new PacketRefusal(
    'wrong-sender',
    `The packet was made by another installation than the one known as ${header.from}.`,
  );
}

/** Noticed and said, never worked around (design, promise 6). */
function noticeClock(run: RunContext, header: PacketHeader): void {
  const aheadHours = (header.createdMs - run.clock.now()) / 3_600_000;
  if (aheadHours > 1) {
    run.attention(
      `A packet from ${header.from} is dated ${aheadHours.toFixed(1)} hours in the future: its clock or this one is wrong.`,
    );
  }
}

function rowOf(run: RunContext, file: InboxFile, header: PacketHeader) {
  return {
    fileName: file.fileName,
    packetId: header.packetId,
    streamId: header.streamId,
    from: header.from,
    to: header.to,
    sequence: header.sequence,
    through: header.through,
    sizeBytes: file.sizeBytes ?? 0,
    receivedMs: run.clock.now(),
    transmissionId: run.transmissionId,
  };
}
