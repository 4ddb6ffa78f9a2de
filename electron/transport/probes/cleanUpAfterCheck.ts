import type { Clock } from '../../platform/clock.ts';
import type { Lease } from './lease.ts';
import { selfCheckTexts } from './selfCheckTexts.ts';
import { removeOldLeftovers, type SelfCheckWorkspace } from './selfCheckWorkspace.ts';
import type { StepFinding, StepRunner } from './stepRunner.ts';

/** How long an interrupted check may still take to clean up. */
const cleanUpMs = 30_000;

/**
 * Removes what a check wrote, as its last step, and what earlier ones left. Runs with a signal and a time limit of its
 * own, because the check's signal may have fired.
 */
export async function cleanUpAfterCheck(
  lease: Lease,
  runner: StepRunner,
  workspace: SelfCheckWorkspace,
  clock: Clock,
): Promise<void> {
  const stop = new AbortController();
  const cancelTimer = clock.after(cleanUpMs, () => stop.abort());
  try {
    await runner.runAlways('clean-up', async (): Promise<StepFinding> => {
      await workspace.remove(() => lease.connection(stop.signal), stop.signal);
      const transport = await lease.connection(stop.signal);
      const old = await removeOldLeftovers(transport, clock, stop.signal, workspace.place);
      if (old.left.length > 0) {
        const { meaning, ask } = selfCheckTexts['clean-up'];
        return { detail: `Left by earlier checks: ${old.left.join(', ')}`, note: { meaning, advice: ask } };
      }
      const more = old.removed > 0 ? `; ${old.removed} leftovers of earlier checks were removed` : '';
      return { detail: `Nothing is left behind${more}.` };
    });
  } finally {
    cancelTimer();
  }
}
