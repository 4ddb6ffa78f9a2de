import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { type Receipt, receiptSchema } from '../../../shared/receipt.ts';
import { inboxFolder } from '../../../shared/remoteNames.ts';
import type { LedgerTables } from '../../ledger/ledger.ts';
import type { InboxFile } from '../inbox/inboxListing.ts';
import { keepAside } from '../inbox/keepAside.ts';
import { changeSite } from '../office/changeSite.ts';
import { type OpenedJson, openJson } from '../office/sealedJson.ts';
import { readSmallFile } from '../office/smallFiles.ts';
import { sideBySide } from '../sideBySide.ts';
import type { RunContext } from '../siteContext.ts';
import { answerPositions } from './answerPositions.ts';
import { oweReceipt } from './oweEditions.ts';

const maxBytes = 16 * 1024 * 1024;

/**
 * Reads the receipts in the listing and records what they say: answers, positions, gaps to fill again.
 *
 * Promise: a receipt's effect is durable before it is deleted; reading one twice changes nothing.
 */
export async function takeReceipts(
  run: RunContext,
  officeId: string,
  files: readonly InboxFile[],
): Promise<void> {
  const sorted = [...files].sort(
    (a, b) =>
      (a.name.from < b.name.from ? -1 : a.name.from > b.name.from ? 1 : 0) ||
      a.name.sequence - b.name.sequence,
  );
  const read = await sideBySide(sorted, (file) => readOne(run, file), run.pool.limit);
  for (const [index, file] of sorted.entries()) {
    const receipt = read[index];
    if (receipt === undefined) continue;
    const next = sorted[index + 1];
    await takeOne(run, officeId, file, receipt, next?.name.from !== file.name.from);
  }
}

async function readOne(run: RunContext, file: InboxFile): Promise<Buffer | undefined> {
  return await run.pool.use(
    (transport) => readSmallFile(transport, file.path, maxBytes, run.signal),
    run.signal,
  );
}

async function takeOne(
  run: RunContext,
  officeId: string,
  file: InboxFile,
  bytes: Buffer,
  last: boolean,
): Promise<void> {
  let opened = openJson(bytes, receiptSchema);
  if (!opened.ok && opened.why === 'damaged') {
    const again = await readOne(run, file);
    if (again === undefined) return;
    opened = openJson(again, receiptSchema);
  }
  const refusal = refusalOf(run, officeId, file, opened);
  if (refusal === undefined && opened.ok) {
    const receipt = opened.value;
    run.ledger.commit('receipt-taken', (tables) => {
      record(run, tables, receipt, last);
      tables.inPackets.addRemoval({ path: file.path });
    });
    run.tally.receiptsReceived += 1;
    return;
  }
  const reason = refusal ?? 'unreadable';
  run.note('warning', `Receipt ${file.fileName} was refused: ${reason}`);
  const local = join(run.folders.inbox, file.fileName);
  await writeFile(local, bytes);
  await keepAside(run, local, reason);
  run.ledger.commit('receipt-refused', (tables) => {
    if (!opened.ok && opened.why === 'damaged') tables.receipts.noteDamaged(file.name.from, file.fileName);
    tables.inPackets.addRemoval({ path: file.path });
  });
}

function refusalOf(
  run: RunContext,
  officeId: string,
  file: InboxFile,
  opened: OpenedJson<Receipt>,
): string | undefined {
  if (!opened.ok) return opened.message;
  const receipt = opened.value;
  if (receipt.officeId !== officeId) return 'It belongs to another office.';
  if (receipt.from !== file.name.from || receipt.to !== run.me || receipt.number !== file.name.sequence) {
    return 'Its content does not agree with its name.';
  }
  const site = run.ledger.read((tables) => tables.sites.get(receipt.from));
  if (site?.guid !== undefined && site.guid !== receipt.fromGuid) {
    run.attention(
      `Two installations call themselves ${receipt.from}: the known one (${site.guid}) and ${receipt.fromGuid}. A receipt of the second was refused.`,
    );
    return 'It was made by another installation than the one known.';
  }
  return undefined;
}

function record(run: RunContext, tables: LedgerTables, receipt: Receipt, last: boolean): void {
  const site = tables.sites.get(receipt.from);
  for (const answer of receipt.answers) recordAnswer(run, tables, receipt, answer);
  for (const fileName of receipt.damagedReceipts) {
    if (tables.receipts.sayAgain(fileName) && run.me !== 'central') oweReceipt(tables);
  }
  const newest = receipt.number > (site?.lastReceiptNumber ?? 0);
  // Positions are cumulative: only those of the newest receipt say what is missing now.
  if (newest && last) answerPositions(run, tables, receipt);
  if (newest && run.me === 'central') tables.sets.told(receipt.from, receipt.editions, run.clock.now());
  changeSite(tables, receipt.from, run.clock.now(), {
    guid: site?.guid ?? receipt.fromGuid,
    lastReceiptNumber: Math.max(receipt.number, site?.lastReceiptNumber ?? 0),
    lastReceiptMs: run.clock.now(),
    // An older receipt that comes late does not take an update back.
    version: newest ? receipt.program : site?.version,
  });
}

function recordAnswer(
  run: RunContext,
  tables: LedgerTables,
  receipt: Receipt,
  answer: Receipt['answers'][number],
): void {
  const packet = tables.packets.byFileName(answer.fileName);
  if (packet === undefined) {
    run.note('warning', `${receipt.from} answered ${answer.fileName}, which this site does not know.`);
    return;
  }
  const known = tables.answers.get(packet.packetId, receipt.from);
  if (answer.outcome === 'rejected' && answer.code === 'damaged') {
    sendAgain(run, tables, receipt, packet.packetId, answer.fileName);
    return;
  }
  // "Duplicate" only says that it was answered before; the first answer stays.
  const settled =
    known?.outcome !== undefined && (answer.outcome === 'duplicate' || known.outcome === 'accepted');
  if (!settled) {
    tables.answers.set({
      packetId: packet.packetId,
      site: receipt.from,
      outcome: answer.outcome,
      code: answer.code,
      message: answer.message,
      answeredMs: run.clock.now(),
    });
  }
  if (answer.outcome === 'rejected') {
    run.attention(`${receipt.from} refused packet ${answer.fileName} (${answer.code}): ${answer.message}`);
  }
  for (const delivery of tables.deliveries.ofPacket(packet.packetId)) {
    if (delivery.addressee !== receipt.from || delivery.state === 'answered') continue;
    if (delivery.state === 'cancelled' && answer.outcome === 'duplicate') continue;
    tables.deliveries.change(delivery.id, { state: 'answered' });
  }
  settleBroadcast(tables, packet.packetId);
}

/** A broadcast that everybody has answered by other ways is taken off the queue; clean-up removes its copy. */
function settleBroadcast(tables: LedgerTables, packetId: string): void {
  if (tables.answers.awaiting(packetId).length > 0) return;
  for (const delivery of tables.deliveries.ofPacket(packetId)) {
    if (delivery.addressee !== 'all') continue;
    if (delivery.state === 'queued' || delivery.state === 'skipped') {
      tables.deliveries.change(delivery.id, { state: 'published', nextTryMs: undefined });
    }
  }
}

/** The addressee could not read its copy: it gets a fresh one in its own folder. */
function sendAgain(
  run: RunContext,
  tables: LedgerTables,
  receipt: Receipt,
  packetId: string,
  fileName: string,
): void {
  const folder = inboxFolder(receipt.from);
  const delivery = tables.deliveries.ofPacket(packetId).find((row) => row.folder === folder);
  if (delivery === undefined) {
    tables.deliveries.add({ packetId, folder, addressee: receipt.from });
    return;
  }
  if (delivery.state !== 'published' && delivery.state !== 'answered') return;
  const damaged = delivery.damaged + 1;
  const usedUp = damaged > run.delivery.retries;
  const error = new ExchangeError({
    code: 'damaged',
    class: 'retry',
    message: `${receipt.from} received this packet damaged ${damaged} time(s).`,
  }).report();
  tables.deliveries.change(delivery.id, {
    state: usedUp ? 'skipped' : 'queued',
    stage: 'idle',
    attempts: 0,
    damaged,
    nextTryMs: undefined,
    lastError: error,
  });
  if (usedUp)
    run.attention(`Packet ${fileName} was skipped: it arrived damaged at ${receipt.from} ${damaged} times.`);
}
