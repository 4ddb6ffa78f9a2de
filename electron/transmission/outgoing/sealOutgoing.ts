import { join } from 'node:path';
import { formatRemoteName } from '../../../shared/remoteNames.ts';
import type { LedgerTables, PacketRow } from '../../ledger/ledger.ts';
import { sealPacket } from '../../packet/sealPacket.ts';
import { randomShortId, uuidV7 } from '../../platform/random.ts';
import { sideBySide } from '../sideBySide.ts';
import type { RunContext } from '../siteContext.ts';
import { enqueue } from './addressees.ts';
import { decideReady, type ReadyDecision } from './decideReady.ts';
import { groupIntoPackets, type PacketPlan } from './groupIntoPackets.ts';
import { isLocked, type OutgoingFile, scanOutgoing } from './scanOutgoing.ts';
import { settleSources } from './settleSources.ts';

/** A run waits this long at most for fresh files to settle; later ones go with the next run. */
const longestWaitMs = 10_000;

/**
 * Picks up finished files from the outgoing folder and queues them as packets.
 *
 * Promise: a file is in the queue exactly once or still in its place; a kill at any moment leaves one of the
 *          two, after `recover`. Files still being written are left for next time.
 */
export async function sealOutgoing(run: RunContext, officeId: string): Promise<void> {
  const files = await chooseFiles(run);
  const limits = { bytes: run.delivery.packetSizeMegabytes * 1_000_000, files: run.delivery.packetFiles };
  const plans = groupIntoPackets(files, limits);
  run.progress.expect(
    plans.length,
    files.reduce((sum, file) => sum + file.stamp.sizeBytes, 0),
  );
  for (const plan of plans) {
    run.signal?.throwIfAborted();
    await sealOne(run, officeId, plan);
    run.progress.packetDone();
  }
}

async function chooseFiles(run: RunContext): Promise<OutgoingFile[]> {
  let decision = await look(run);
  const waitMs = decision.readyAtMs - run.clock.now();
  if (decision.waiting.length > 0 && waitMs <= longestWaitMs) {
    run.progress.what('waiting for files that have just changed');
    await run.clock.sleep(Math.max(0, waitMs), run.signal);
    decision = await look(run);
  }
  const chosen: OutgoingFile[] = [];
  let left = decision.waiting.length;
  const stores = new Set(run.ledger.read((tables) => tables.sites.all()).map((site) => site.name));
  stores.delete('central');
  const locked = await sideBySide(decision.ready, (file) => isLocked(file.absolutePath));
  for (const [index, file] of decision.ready.entries()) {
    if (locked[index]) left += 1;
    else if (file.to !== 'all' || stores.size > 0) chosen.push(file);
    else left += 1;
  }
  if (left > 0)
    run.note('info', `${left} file(s) are still being written or have no addressee yet, and wait.`);
  if (stores.size === 0 && decision.ready.some((file) => file.to === 'all')) {
    run.attention('Files for all stores wait: no store has joined this office yet.');
  }
  for (const to of new Set(chosen.map((file) => file.to))) {
    if (to !== 'all' && to !== 'central' && !stores.has(to)) {
      run.attention(`Store ${to} has not joined this office yet; its packets wait on the server.`);
    }
  }
  run.tally.leftForNextTime = left;
  return chosen;
}

async function look(run: RunContext): Promise<ReadyDecision> {
  const scan = await scanOutgoing(run);
  const seen = run.ledger.read((tables) => tables.seenFiles.all());
  const decision = decideReady(scan.files, seen, run.clock.now(), run.delivery.settleSeconds * 1000);
  if (decision.remember.length + decision.forget.length > 0) {
    run.ledger.commit('remember-look', (tables) => {
      for (const row of decision.remember) tables.seenFiles.put(row);
      for (const path of decision.forget) tables.seenFiles.remove(path);
    });
  }
  for (const problem of scan.problems) run.attention(problem);
  return decision;
}

async function sealOne(run: RunContext, officeId: string, plan: PacketPlan): Promise<void> {
  const packetId = uuidV7(run.random, run.clock);
  const shortId = randomShortId(run.random);
  const row = run.ledger.commit('seal-begin', (tables): PacketRow => {
    const stream = tables.outStreams.get(plan.to) ?? {
      to: plan.to,
      streamId: uuidV7(run.random, run.clock),
      nextSequence: 1,
    };
    tables.outStreams.put(stream);
    const sequence = stream.nextSequence;
    const packet: PacketRow = {
      packetId,
      streamId: stream.streamId,
      to: plan.to,
      sequence,
      through: sequence,
      kind: 'files',
      usage: 'production',
      fileName: formatRemoteName({ kind: 'packet', from: run.me, to: plan.to, sequence, shortId }),
      state: 'sealing',
      sizeBytes: 0,
      contentBytes: 0,
      fileCount: 0,
      createdMs: run.clock.now(),
      backupRemovedMs: undefined,
    };
    tables.packets.insert(packet);
    return packet;
  });
  run.progress.what(row.fileName);
  const { sealed, leftOut } = await sealPacket({
    header: {
      formatVersion: 1,
      kind: 'files',
      packetId,
      officeId,
      from: run.me,
      fromGuid: run.guid,
      to: plan.to,
      streamId: row.streamId,
      sequence: row.sequence,
      through: row.through,
      usage: 'production',
      createdMs: row.createdMs,
    },
    sources: plan.files,
    destination: join(run.folders.backup, row.fileName),
    compressionLevel: run.delivery.compressionLevel,
    signal: run.signal,
    onBytes: (count) => run.progress.bytes(count),
  });
  for (const left of leftOut) {
    if (left.reason === 'unreadable' || left.reason === 'unsafe-name') run.attention(left.message);
    else run.note('info', left.message);
  }
  run.tally.leftForNextTime += leftOut.length;
  if (sealed === undefined) {
    run.ledger.commit('seal-abandon', (tables) => tables.packets.remove(packetId));
    return;
  }
  const byPath = new Map(plan.files.map((file) => [`${file.channel}/${file.path}`, file]));
  run.ledger.commit('seal-done', (tables) => {
    const files = sealed.header.files.map((file) => {
      const source = byPath.get(`${file.channel}/${file.path}`);
      return {
        ...file,
        sourcePath: source?.absolutePath ?? '',
        sourceModifiedNs: source?.stamp.modifiedNs ?? '',
        sourceInode: source?.stamp.inode ?? '',
      };
    });
    tables.packets.addFiles(packetId, files);
    const contentBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    tables.packets.setSealed(packetId, {
      sizeBytes: sealed.sizeBytes,
      contentBytes,
      fileCount: files.length,
    });
    tables.outStreams.put({ to: row.to, streamId: row.streamId, nextSequence: row.sequence + 1 });
    enqueue(tables, row);
    if (run.delivery.afterPickup === 'keep')
      rememberPacked(run, tables, plan.files, sealed.header.files.length);
  });
  run.tally.packedPackets += 1;
  run.tally.packedFiles += sealed.header.files.length;
  run.note('info', `Packed ${sealed.header.files.length} file(s) for ${row.to} as ${row.fileName}.`);
  await settleSources(run);
}

function rememberPacked(
  run: RunContext,
  tables: LedgerTables,
  files: readonly OutgoingFile[],
  packed: number,
): void {
  if (packed === 0) return;
  const sources = new Set(tables.packets.pendingSources().map((source) => source.sourcePath));
  for (const file of files) {
    if (!sources.has(file.absolutePath)) continue;
    tables.seenFiles.put({
      path: file.absolutePath,
      ...file.stamp,
      unchangedSinceMs: run.clock.now(),
      packed: true,
    });
  }
}
