import type { ContractClient } from '../../shared/contract/wire.ts';
import { downloadText } from '../parts/downloadText.ts';

export function checkEverything(client: ContractClient, checkId: string) {
  return client.call('upkeep.doctor', { checkId, offline: false });
}

export function cancelUpkeep(client: ContractClient, checkId: string) {
  return client.call('upkeep.cancel', { checkId });
}

/** Gives the diagnostics to the person as a file; answers its name. */
export async function writeDiagnostics(client: ContractClient, checkId: string, withNames: boolean) {
  const answer = await client.call('upkeep.diagnostics', { checkId, offline: false, withNames });
  if (answer.ok) downloadText(answer.value.fileName, 'application/json', answer.value.text);
  return answer;
}
