import type { Command } from 'commander';
import type { Settings } from '../../../shared/settings.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { listing } from '../answer.ts';
import { formatTable } from '../output/formatTable.ts';
import { safeText } from '../output/safeText.ts';
import { valueAt } from '../settings/changeSettings.ts';
import { unknownKey } from '../settings/findSettingKey.ts';
import { loneSecrets } from '../settings/loneSecret.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { passwordKey, type SettingKey, settingKeys } from '../settings/settingKeys.ts';
import { showValue } from '../settings/showValue.ts';

function whoIs(settings: Settings): string {
  const { site } = settings;
  return site.role === 'central'
    ? `The central site, "${site.name}"`
    : `Store ${site.storeNumber}, "${site.name}"`;
}

function isProposed(key: SettingKey, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(key.proposed);
}

/** The keys asked for: by name, or by the room they stand in (`ftp`). */
function chosen(names: readonly string[]): SettingKey[] {
  const belongs = (key: string, name: string) => key === name || key.startsWith(`${name}.`);
  for (const name of names) {
    if (
      name !== passwordKey &&
      !loneSecrets.some(({ key }) => key === name) &&
      !settingKeys.some(({ key }) => belongs(key, name))
    )
      throw unknownKey(name);
  }
  return settingKeys.filter(({ key }) => names.length === 0 || names.some((name) => belongs(key, name)));
}

export function addConfigShow(config: Command, act: Act): void {
  const command = config
    .command('show [keys...]')
    .description('Shows the settings. The password is never shown, only whether there is one.')
    .action((names: string[]) =>
      act(async (context) =>
        context.withEngine(async (engine) => {
          const keys = chosen(names);
          const settings = requireSettings(engine);
          const hasPassword = await engine.hasPassword();
          const rows = keys.map((key) => {
            const value = valueAt(settings, key.path);
            return [key.key, showValue(value), isProposed(key, value) ? 'as proposed' : ''];
          });
          if (names.length === 0 || names.includes(passwordKey) || names.includes('ftp')) {
            rows.push([passwordKey, hasPassword ? 'kept safe, not shown' : '(none)', '']);
          }
          for (const secret of loneSecrets.filter(({ key }) => names.some((name) => key.startsWith(name)))) {
            rows.push([secret.key, (await secret.has(engine)) ? 'kept safe, not shown' : '(none)', '']);
          }
          const lines = formatTable(['Setting', 'Value', ''], rows);
          const head =
            names.length > 0
              ? []
              : [`${safeText(whoIs(settings))}. Data directory: ${safeText(engine.dataDir)}`, ''];
          const channels = settings.channels.length === 0 ? 'none yet' : settings.channels.join(', ');
          const foot = names.length > 0 ? [] : ['', `Channels: ${channels}`];
          return listing({ dataDir: engine.dataDir, hasPassword, settings }, [...head, ...lines, ...foot]);
        }),
      ),
    );
  addExamples(command, [
    'branchline config show',
    'branchline config show ftp',
    'branchline config show --json',
  ]);
}
