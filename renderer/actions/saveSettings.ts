import type { PasswordChange } from '../../shared/contract/candidate.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/**
 * Saves a part of the settings; the other parts stay as the engine last told them. Answers with what went
 * wrong, if something did.
 */
export async function saveSettings(
  client: ContractClient,
  change: Partial<Omit<Settings, 'formatVersion'>>,
  password: PasswordChange = { do: 'keep' },
): Promise<ErrorReport | undefined> {
  const site = useApp.getState().site;
  if (site?.settings === undefined) {
    return { code: 'not-configured', class: 'fix', ...text.errors.notSetUp };
  }
  const answer = await client.call('settings.save', { settings: { ...site.settings, ...change }, password });
  if (!answer.ok) return answer.error;
  // The event may come later; what was saved is shown at once.
  useApp.setState((app) => (app.site ? { site: { ...app.site, settings: answer.value } } : {}));
  return undefined;
}
