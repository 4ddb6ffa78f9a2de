import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatUtc } from '../../platform/clock.ts';
import { uploadPath } from '../publish/publishDelivery.ts';
import type { RunContext, SiteContext } from '../siteContext.ts';
import { sweepTmp } from './sweepTmp.ts';

const dayMs = 86_400_000;
/** Runs and receipts are remembered this long. */
const historyDays = 400;
/** A packet that is unanswered after this long is looked for on the server, once in as long. */
const lookAfterMs = dayMs;

/**
 * Removes from the server what nobody needs any more: broadcasts that every store answered, and what cancelled
 * uploads left in tmp/. Looks after packets that stay unanswered for days.
 */
export async function cleanServer(run: RunContext): Promise<void> {
  await removeBroadcasts(run);
  await removeLeftovers(run);
  await sweepTmp(run);
  await lookForLost(run);
}

async function removeBroadcasts(run: RunContext): Promise<void> {
  for (const delivery of run.ledger.read((tables) => tables.deliveries.broadcastsAnswered())) {
    const packet = run.ledger.read((tables) => tables.packets.get(delivery.packetId));
    if (packet === undefined) continue;
    const path = `${delivery.folder}/${packet.fileName}`;
    await run.pool.use((transport) => transport.remove(path, { signal: run.signal }), run.signal);
    run.ledger.commit('broadcast-removed', (tables) =>
      tables.deliveries.change(delivery.id, { state: 'answered' }),
    );
  }
}

async function removeLeftovers(run: RunContext): Promise<void> {
  for (const delivery of run.ledger.read((tables) => tables.deliveries.withLeftovers())) {
    const packet = run.ledger.read((tables) => tables.packets.get(delivery.packetId));
    if (packet === undefined) continue;
    const path = uploadPath(run, delivery, packet);
    await run.pool.use((transport) => transport.remove(path, { signal: run.signal }), run.signal);
    run.ledger.commit('leftover-removed', (tables) =>
      tables.deliveries.change(delivery.id, { stage: 'idle' }),
    );
  }
}

/** A packet that somebody deleted from the server before its addressee came is sent again. */
async function lookForLost(run: RunContext): Promise<void> {
  const now = run.clock.now();
  const old = run.ledger.read((tables) =>
    tables.deliveries
      .inState('published')
      .filter((delivery) => (delivery.publishedMs ?? now) < now - lookAfterMs),
  );
  for (const delivery of old) {
    const packet = run.ledger.read((tables) => tables.packets.get(delivery.packetId));
    if (packet === undefined || packet.backupRemovedMs !== undefined) continue;
    const path = `${delivery.folder}/${packet.fileName}`;
    const size = await run.pool.use(
      (transport) => transport.fileSize(path, { signal: run.signal }),
      run.signal,
    );
    run.ledger.commit('looked-for', (tables) => {
      if (size === packet.sizeBytes) tables.deliveries.change(delivery.id, { publishedMs: now });
      else
        tables.deliveries.change(delivery.id, { state: 'queued', stage: 'renaming', nextTryMs: undefined });
    });
    if (size !== packet.sizeBytes)
      run.note('warning', `${packet.fileName} is gone from the server unanswered; it is sent again.`);
  }
}

/** Removes local copies that are kept long enough: sealed packets after their receipts, files in sent/, old history. */
export async function cleanLocal(site: SiteContext): Promise<void> {
  const now = site.clock.now();
  const expired = site.ledger.read((tables) =>
    tables.packets.backupExpired(now - site.delivery.backupDays * dayMs),
  );
  for (const packet of expired) {
    await rm(join(site.folders.backup, packet.fileName), { force: true });
    site.ledger.commit('backup-removed', (tables) => tables.packets.setBackupRemoved(packet.packetId, now));
  }
  await removeOldDays(site, formatUtc(now - site.delivery.sentDays * dayMs).slice(0, 10));
  site.ledger.commit('history-pruned', (tables) => {
    tables.transmissions.prune(now - historyDays * dayMs);
    tables.receipts.prune(now - historyDays * dayMs);
  });
}

/** Files in sent/ lie in folders named by day. */
async function removeOldDays(site: SiteContext, before: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(site.folders.sent);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  for (const name of names) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(name) && name < before) {
      await rm(join(site.folders.sent, name), { recursive: true, force: true });
    }
  }
}
