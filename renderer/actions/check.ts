import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';

export type CheckKind = CallInput<'check.start'>['kind'];
export type CheckCandidate = NonNullable<CallInput<'check.start'>['candidate']>;

/** Starts Test Connection or the self-check of what is typed; it goes on in the store's `checks`. */
export function startCheck(client: ContractClient, kind: CheckKind, candidate: CheckCandidate) {
  return client.call('check.start', { kind, candidate, attended: true });
}

export function cancelCheck(client: ContractClient, checkId: string) {
  return client.call('check.cancel', { checkId });
}
