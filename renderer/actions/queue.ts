import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

export async function loadQueue(client: ContractClient): Promise<void> {
  const answer = await client.call('queue.list', {});
  useApp.setState(({ queue }) => ({
    queue: answer.ok ? { rows: answer.value } : { ...queue, error: answer.error },
  }));
}

/** Puts skipped packets back in the queue: those named, or all. */
export async function retryPackets(client: ContractClient, ids?: readonly number[]): Promise<void> {
  const answer = await client.call('queue.retry', ids === undefined ? {} : { ids: [...ids] });
  tell(answer, text.queue.retried);
}

/** Sets packets aside until a person retries them. */
export async function skipPackets(client: ContractClient, ids: readonly number[]): Promise<void> {
  tell(await client.call('queue.skip', { ids: [...ids] }), text.queue.skippedNow);
}

/** Gives packets up for good. Ask first. */
export async function cancelPackets(client: ContractClient, ids: readonly number[]): Promise<void> {
  tell(await client.call('queue.cancel', { ids: [...ids] }), text.queue.cancelledNow);
}

type ResendRequest = CallInput<'queue.resend'>['request'];

/** Queues packets again from the backup folder. Answers whether the engine took the request. */
export async function resendPackets(
  client: ContractClient,
  requests: readonly ResendRequest[],
): Promise<boolean> {
  let queued = 0;
  const unavailable: string[] = [];
  for (const request of requests) {
    const answer = await client.call('queue.resend', { request });
    if (!answer.ok) {
      notifyFailure(answer.error);
      return false;
    }
    queued += answer.value.queued;
    unavailable.push(...answer.value.unavailable);
  }
  notifyDone(text.queue.resent(queued));
  if (unavailable.length > 0) {
    notifyFailure({
      code: 'unavailable',
      class: 'fix',
      message: text.queue.unavailableTitle(unavailable.length),
      advice: unavailable.slice(0, 5).join('\n'),
    });
  }
  return true;
}

function tell(
  answer: { readonly ok: true; readonly value: { readonly count: number } } | FailedAnswer,
  words: (count: number) => string,
): void {
  if (!answer.ok) notifyFailure(answer.error);
  else notifyDone(answer.value.count === 0 ? text.queue.nothingChanged : words(answer.value.count));
}

type FailedAnswer = { readonly ok: false; readonly error: Parameters<typeof notifyFailure>[0] };
