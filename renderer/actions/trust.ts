import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ServerIdentity, TrustedServer } from '../../shared/trust.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { text } from '../text/en.ts';

/** Trusts what the server has shown, in place of what was trusted there. Answers with what went wrong, if something did. */
export async function addTrusted(
  client: ContractClient,
  identity: ServerIdentity,
): Promise<ErrorReport | undefined> {
  const { kind, host, port, fingerprint, subject } = identity;
  const answer = await client.call('trust.add', {
    kind,
    host,
    port,
    fingerprint,
    description: subject.slice(0, 500),
  });
  if (!answer.ok) return answer.error;
  notifyDone(text.trust.added);
  return undefined;
}

export async function removeTrusted(client: ContractClient, entry: TrustedServer): Promise<void> {
  const { kind, host, port, fingerprint } = entry;
  const answer = await client.call('trust.remove', { kind, host, port, fingerprint });
  if (answer.ok) notifyDone(text.trust.removed);
  else notifyFailure(answer.error);
}
