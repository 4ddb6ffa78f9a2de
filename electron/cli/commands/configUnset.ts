import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { unsetSettings, valueAt } from '../settings/changeSettings.ts';
import { findSettingKey } from '../settings/findSettingKey.ts';
import { forgetLoneSecret, loneSecretIn } from '../settings/loneSecret.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { saveAndTell, unprovenHelp } from '../settings/saveAndTell.ts';
import { passwordKey } from '../settings/settingKeys.ts';
import { showValue } from '../settings/showValue.ts';
import { usageError } from '../usageError.ts';

/** Pairs that make sense only together are taken out together. */
const groups = ['ftp.activePorts'];

function pathOf(name: string): readonly string[] {
  const group = groups.find((known) => name === known || name.startsWith(`${known}.`));
  if (group !== undefined) return group.split('.');
  const key = findSettingKey(name);
  if (key.key === 'site.name') {
    throw usageError(
      'A site cannot be without a name.',
      'Give it another: branchline config set site.name "Riverside"',
    );
  }
  return key.path;
}

export function addConfigUnset(config: Command, act: Act): void {
  const command = config
    .command('unset <keys...>')
    .description('Puts settings back to what is proposed, or forgets the password.')
    .option('--unproven', unprovenHelp)
    .action((names: string[], options: { unproven?: true }) =>
      act((context) => {
        const secret = loneSecretIn(names);
        if (secret !== undefined) return forgetLoneSecret(context, secret, options.unproven === true);
        const paths = names.filter((name) => name !== passwordKey).map(pathOf);
        return context.withEngine(async (engine) => {
          const settings = requireSettings(engine);
          const saved = await saveAndTell(context, engine, {
            changed: paths.length > 0 ? unsetSettings(settings, paths) : undefined,
            password: { do: names.includes(passwordKey) ? 'clear' : 'keep' },
            unproven: options.unproven === true,
          });
          return done({ unset: names, proof: saved.proof }, [
            saved.headline,
            ...paths.map((path) => {
              const value = valueAt(saved.settings, path);
              return `  ${path.join('.')} ${value === undefined ? 'is no longer set' : `= ${showValue(value)}`}`;
            }),
            ...(names.includes(passwordKey) ? [`  ${passwordKey} is forgotten.`] : []),
          ]);
        });
      }),
    );
  addExamples(command, ['branchline config unset ftp.activePorts', 'branchline config unset ftp.password']);
}
