import { ExchangeError, throwIfCancelled } from '../../../shared/errors.ts';
import type { TransportFactory } from '../transport.ts';
import { selfCheckTexts } from './selfCheckTexts.ts';
import type { StepFinding } from './stepRunner.ts';

/**
 * Opens as many connections beside the one that is open as are configured, to see how many the server allows.
 *
 * Promise: at most `wanted` with the open one; all of them are closed again. Fewer than wanted is a note.
 */
export async function countConnections(
  factory: TransportFactory,
  wanted: number,
  signal: AbortSignal,
): Promise<StepFinding> {
  const more = Math.max(0, wanted - 1);
  const results = await Promise.allSettled(Array.from({ length: more }, () => factory.open({ signal })));
  let allowed = 1;
  let refusal = '';
  for (const result of results) {
    if (result.status === 'fulfilled') {
      allowed += 1;
      await result.value.close();
    } else if (result.reason instanceof ExchangeError) refusal = result.reason.message;
    else throw result.reason;
  }
  throwIfCancelled(signal);
  if (allowed >= wanted) return { detail: `${allowed} at the same time, as configured.` };
  const { meaning, ask } = selfCheckTexts.connections;
  const detail = `${allowed} of ${wanted} at the same time. ${refusal}`.trim();
  return { detail, note: { meaning, advice: ask } };
}
