import type { ContractClient } from '../../shared/contract/wire.ts';
import { useApp } from '../state/appStore.ts';

export async function loadStores(client: ContractClient): Promise<void> {
  const answer = await client.call('stores.list', {});
  useApp.setState(({ stores }) => ({
    stores: answer.ok ? { rows: answer.value } : { ...stores, error: answer.error },
  }));
}
