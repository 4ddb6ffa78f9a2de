import type { NumberRange, Receipt } from '../../../shared/receipt.ts';
import { inboxFolder } from '../../../shared/remoteNames.ts';
import type { SiteName } from '../../../shared/sites.ts';
import type { LedgerTables, OutStream } from '../../ledger/ledger.ts';
import { uuidV7 } from '../../platform/random.ts';
import { oweVoid } from '../publish/owedVoids.ts';
import type { RunContext } from '../siteContext.ts';

/** More than this many numbers in one receipt are answered over several runs: asking costs less than answering. */
const mostNumbers = 1000;

/**
 * Acts on an addressee's positions: takes what it applied as answered, and sends again what it misses.
 *
 * A missing number that can no longer be sent (cancelled, refused before, or expired from the backup) is
 * filled by a void packet, noted here as owed and sealed by `sealVoids`.
 */
export function answerPositions(run: RunContext, tables: LedgerTables, receipt: Receipt): void {
  let budget = mostNumbers;
  for (const position of receipt.positions) {
    const stream = tables.outStreams.get(position.to);
    if (stream?.streamId !== position.streamId) continue;
    if (position.appliedThrough >= stream.nextSequence) {
      beginAnew(run, tables, receipt.from, stream, position.appliedThrough);
      continue;
    }
    takeAsAnswered(run, tables, receipt.from, position);
    for (const range of position.missing)
      budget = sendRange(run, tables, stream, receipt.from, range, budget);
  }
}

/** This ledger forgot packets it had sent (an old backup was put back): what comes next goes into a new stream. */
function beginAnew(
  run: RunContext,
  tables: LedgerTables,
  site: SiteName,
  stream: OutStream,
  applied: number,
): void {
  tables.outStreams.put({ to: stream.to, streamId: uuidV7(run.random, run.clock), nextSequence: 1 });
  run.attention(
    `${site} has applied packet ${applied}, but this site only knows of ${stream.nextSequence - 1}: its ledger comes from an old backup. A new stream was begun; check the rejected packets.`,
  );
}

/** An answer that was lost on the way is implied by the position. */
function takeAsAnswered(
  run: RunContext,
  tables: LedgerTables,
  site: SiteName,
  position: Receipt['positions'][number],
): void {
  for (const answer of tables.answers.awaitedThrough(site, position.streamId, position.appliedThrough)) {
    const code = 'implied';
    tables.answers.set({ ...answer, outcome: 'accepted', code, message: '', answeredMs: run.clock.now() });
    for (const delivery of tables.deliveries.ofPacket(answer.packetId)) {
      if (delivery.addressee === site) tables.deliveries.change(delivery.id, { state: 'answered' });
    }
  }
}

function sendRange(
  run: RunContext,
  tables: LedgerTables,
  stream: OutStream,
  site: SiteName,
  range: NumberRange,
  budget: number,
): number {
  const owed: NumberRange[] = [];
  let left = budget;
  for (let sequence = range.from; sequence <= range.through && left > 0; sequence += 1) {
    if (sequence >= stream.nextSequence) break;
    left -= 1;
    if (sendNumber(tables, stream, site, sequence)) continue;
    const last = owed.at(-1);
    if (last?.through === sequence - 1) owed[owed.length - 1] = { from: last.from, through: sequence };
    else owed.push({ from: sequence, through: sequence });
  }
  for (const gap of owed) {
    oweVoid(tables, { to: stream.to, folder: inboxFolder(site), addressee: site, ...gap });
    run.note(
      'info',
      `${site} misses numbers ${gap.from} to ${gap.through} that cannot be sent any more; told so.`,
    );
  }
  return left;
}

/** False when this number can only be filled by a void packet. */
function sendNumber(tables: LedgerTables, stream: OutStream, site: SiteName, sequence: number): boolean {
  const folder = inboxFolder(site);
  const packets = tables.packets.byNumber(stream.streamId, sequence);
  for (const packet of packets) {
    if (packet.backupRemovedMs !== undefined || packet.state !== 'sealed') continue;
    if (tables.answers.get(packet.packetId, site)?.outcome === 'rejected') continue;
    const deliveries = tables.deliveries.ofPacket(packet.packetId);
    const own = deliveries.find((delivery) => delivery.folder === folder);
    // On its way already, or waiting for a person.
    if (own?.state === 'queued' || own?.state === 'skipped') return true;
    const main = deliveries.find((delivery) => delivery.addressee === 'all');
    if (main?.state === 'queued' || main?.state === 'skipped') return true;
    if (own === undefined) tables.deliveries.add({ packetId: packet.packetId, folder, addressee: site });
    else if (own.state !== 'cancelled')
      tables.deliveries.change(own.id, { state: 'queued', stage: 'renaming', nextTryMs: undefined });
    else continue;
    tables.answers.expect(packet.packetId, site);
    return true;
  }
  return false;
}
