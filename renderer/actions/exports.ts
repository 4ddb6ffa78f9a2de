import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { text } from '../text/en.ts';

/** Starts an export. How it ends is told when it does. */
export async function startExport(client: ContractClient, name: string, complete = false): Promise<void> {
  const answer = await client.call('exports.run', { name, complete, startedBy: 'window' });
  if (!answer.ok) notifyFailure(answer.error);
}

export async function cancelExport(client: ContractClient, runId: string): Promise<void> {
  const answer = await client.call('exports.cancel', { runId });
  if (!answer.ok) notifyFailure(answer.error);
}

/** Saves an export, new or changed. Answers with what is wrong, where it was not saved. */
export async function saveExport(
  client: ContractClient,
  input: CallInput<'exports.save'>,
): Promise<ErrorReport | undefined> {
  const answer = await client.call('exports.save', input);
  if (!answer.ok) return answer.error;
  notifyDone(text.exports.saved(answer.value.settings.name));
  return undefined;
}

export async function removeExport(client: ContractClient, name: string): Promise<void> {
  const answer = await client.call('exports.remove', { name });
  if (answer.ok) notifyDone(text.exports.removed(name));
  else notifyFailure(answer.error);
}

/** Has stores get a set. Answers with what is wrong, where it was not saved. */
export async function saveSubscription(
  client: ContractClient,
  subscription: CallInput<'subscriptions.save'>['subscription'],
): Promise<ErrorReport | undefined> {
  const answer = await client.call('subscriptions.save', { subscription });
  if (!answer.ok) return answer.error;
  notifyDone(text.exports.sets.saved(`${subscription.dataset}/${subscription.set}`));
  return undefined;
}

export async function removeSubscription(
  client: ContractClient,
  set: CallInput<'subscriptions.remove'>,
): Promise<void> {
  const answer = await client.call('subscriptions.remove', set);
  if (answer.ok) notifyDone(text.exports.sets.removed(`${set.dataset}/${set.set}`));
  else notifyFailure(answer.error);
}
