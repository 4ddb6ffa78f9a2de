import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { notifyFailure } from '../parts/notify.ts';

/** Starts a transmission, or joins the one under way. What comes of it is told by events. */
export async function startTransmission(
  client: ContractClient,
  mode: CallInput<'run.start'>['mode'],
): Promise<void> {
  const answer = await client.call('run.start', { mode, startedBy: 'window', attended: true });
  if (!answer.ok) notifyFailure(answer.error);
}

/** Asks the run to stop; it does so at the next safe moment, and says so with run.ended. */
export async function cancelTransmission(client: ContractClient, runId: string): Promise<void> {
  const answer = await client.call('run.cancel', { runId });
  if (!answer.ok) notifyFailure(answer.error);
}
