import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { text } from '../text/en.ts';

/** Sets a practice office up. Answers with what went wrong, if something did. */
export async function startPractice(client: ContractClient): Promise<ErrorReport | undefined> {
  const answer = await client.call('practice.start', {});
  return answer.ok ? undefined : answer.error;
}

export async function playPractice(client: ContractClient): Promise<void> {
  const answer = await client.call('practice.play', {});
  if (answer.ok) notifyDone(text.shell.practicePlayed);
  else notifyFailure(answer.error);
}

export async function removePractice(client: ContractClient): Promise<void> {
  const answer = await client.call('practice.remove', {});
  if (!answer.ok) notifyFailure(answer.error);
}
