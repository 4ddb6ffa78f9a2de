import { sideBySide } from '../sideBySide.ts';
import type { RunContext } from '../siteContext.ts';
import { answerOf } from './answerOf.ts';

/**
 * Deletes from the server what this site has taken, now that its effect here is durable.
 *
 * Promise: repeating it, also after a kill, does no harm.
 */
export async function removeTaken(run: RunContext): Promise<void> {
  const removals = run.ledger.read((tables) => tables.inPackets.removals());
  await sideBySide(removals, ({ path }) => removeOne(run, path), run.pool.limit);
}

async function removeOne(run: RunContext, path: string): Promise<void> {
  await run.pool.use((transport) => transport.remove(path, { signal: run.signal }), run.signal);
  run.ledger.commit('removed', (tables) => {
    tables.inPackets.removalDone(path);
    const row = tables.inPackets.get(path.slice(path.lastIndexOf('/') + 1));
    // Only now may the sender put a fresh copy of a damaged packet under the same name.
    if (row?.state === 'damaged') tables.receipts.due(answerOf(row));
  });
}
