import type { CallInput } from '../../shared/contract/calls.ts';
import type { PasswordChange } from '../../shared/contract/candidate.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/**
 * Saves a part of the settings; the other parts stay as the engine last told them. Answers with what went
 * wrong, if something did. `saving` says how what reaches the server is proven first; see settings.save.
 */
export async function saveSettings(
  client: ContractClient,
  change: Partial<Omit<Settings, 'formatVersion'>>,
  password: PasswordChange = { do: 'keep' },
  saving: Pick<CallInput<'settings.save'>, 'checkId' | 'unproven' | 'passphrase' | 'attended'> = {},
): Promise<ErrorReport | undefined> {
  const site = useApp.getState().site;
  if (site?.settings === undefined) {
    return { code: 'not-configured', class: 'fix', ...text.errors.notSetUp };
  }
  const settings = { ...site.settings, ...change };
  const answer = await client.call('settings.save', { settings, password, ...saving });
  if (!answer.ok) return answer.error;
  // The event may come later; what was saved is shown at once.
  useApp.setState(({ site: shown }) =>
    shown === undefined
      ? {}
      : {
          site: {
            ...shown,
            settings: answer.value,
            hasPassword: password.do === 'keep' ? shown.hasPassword : password.do === 'set',
          },
        },
  );
  return undefined;
}
