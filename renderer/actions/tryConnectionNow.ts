import type { ContractClient } from '../../shared/contract/wire.ts';
import { notifyFailure } from '../parts/notify.ts';
import { startTransmission } from './transmit.ts';

/** Has a suspended connection, or a refused log-in, tried at once. What comes of it is told by events. */
export async function tryConnectionNow(client: ContractClient): Promise<void> {
  const answer = await client.call('suspension.release', {});
  if (!answer.ok) return notifyFailure(answer.error);
  await startTransmission(client, 'full');
}
