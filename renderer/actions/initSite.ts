import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';

/** Sets this site up. The windows follow when the engine tells its new state. */
export async function initSite(
  client: ContractClient,
  request: CallInput<'site.init'>['request'],
): Promise<ErrorReport | undefined> {
  const answer = await client.call('site.init', { request });
  return answer.ok ? undefined : answer.error;
}
