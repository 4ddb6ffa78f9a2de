import { parseRemoteName, tmpFolder } from '../../../shared/remoteNames.ts';
import type { RunContext } from '../siteContext.ts';

const sweepFact = 'sweep-tmp';

/** Notes that uploads of this site may lie forgotten in tmp/. */
export function askForSweep(run: RunContext): void {
  run.ledger.commit('sweep-asked', (tables) => tables.facts.set(sweepFact, '1'));
}

/**
 * Removes this site's forgotten uploads from tmp/, when one may be there: those whose delivery is no longer
 * waiting to be sent. Other sites' files are never touched.
 */
export async function sweepTmp(run: RunContext): Promise<void> {
  const { asked, waiting } = run.ledger.read((tables) => ({
    asked: tables.facts.get(sweepFact) !== undefined,
    waiting: new Set(tables.deliveries.inState('queued', 'skipped').map((delivery) => delivery.id)),
  }));
  if (!asked) return;
  await run.pool.use(async (transport) => {
    for (const entry of await transport.list(tmpFolder, { signal: run.signal })) {
      const match = /^(.+\.tar\.zst)\.(\d+)(?:-\d+)?$/.exec(entry.name);
      const ours = match?.[1] !== undefined && parseRemoteName(match[1])?.from === run.me;
      if (!ours || waiting.has(Number(match[2]))) continue;
      await transport.remove(`${tmpFolder}/${entry.name}`, { signal: run.signal });
    }
  }, run.signal);
  if (waiting.size === 0) run.ledger.commit('tmp-swept', (tables) => tables.facts.remove(sweepFact));
}
