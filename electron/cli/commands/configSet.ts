import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { askPassword } from '../askPassword.ts';
import { safeText } from '../output/safeText.ts';
import { changeSettings, type TypedSetting, valueAt } from '../settings/changeSettings.ts';
import { findSettingKey } from '../settings/findSettingKey.ts';
import { loneSecretIn, loneSecrets, setLoneSecret } from '../settings/loneSecret.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { saveAndTell, unprovenHelp } from '../settings/saveAndTell.ts';
import { passwordKey, settingKeys } from '../settings/settingKeys.ts';
import { settingWords } from '../settings/settingWords.ts';
import { showValue } from '../settings/showValue.ts';
import { usageError } from '../usageError.ts';

interface Typed {
  readonly settings: readonly TypedSetting[];
  readonly password: boolean;
}

function refusePassword(): never {
  throw usageError(
    'The password is never given as an argument: everybody on this machine could read it.',
    'Type: branchline config set ftp.password (it asks), or add --password-stdin, or set BRANCHLINE_PASSWORD. Since it was typed, consider changing it.',
  );
}

/** `key value`, or any number of `key=value`; the password's key stands alone. Errors: usage. */
function readArguments(words: readonly string[]): Typed {
  const [first = '', second] = words;
  if (words.length === 2 && !first.includes('=') && second !== undefined) {
    if (first === passwordKey && !second.includes('=')) refusePassword();
    if (first !== passwordKey && second !== passwordKey) {
      return { settings: [{ key: findSettingKey(first), typed: second }], password: false };
    }
  }
  const settings: TypedSetting[] = [];
  let password = false;
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    if (name === passwordKey) {
      if (equals !== -1) refusePassword();
      password = true;
    } else if (equals === -1) {
      findSettingKey(name);
      throw usageError(`${name} needs a value.`, `For example: branchline config set ${name}=…`);
    } else {
      const key = findSettingKey(name);
      if (settings.some((earlier) => earlier.key.key === name)) {
        throw usageError(`${name} is given twice.`, 'Give each setting once.');
      }
      settings.push({ key, typed: word.slice(equals + 1) });
    }
  }
  return { settings, password };
}

const keyHelp = [
  '',
  'Settings:',
  ...settingKeys.map(({ key, rule }) => `  ${key}\n      ${settingWords[key] ?? ''}\n      ${rule}`),
  ...[{ key: passwordKey, kind: undefined }, ...loneSecrets].map(
    ({ key, kind }) =>
      `  ${key}\n      asked for, or by --password-stdin, or from ${kind?.variable ?? 'BRANCHLINE_PASSWORD'}; never as an argument`,
  ),
].join('\n');

export function addConfigSet(config: Command, act: Act): void {
  const command = config
    .command('set <settings...>')
    .description(
      'Changes settings: `key value`, or several `key=value` at once. All are checked before any is changed. Once host, user name and password are there, they are proven first: by logging in, and writing, reading back and deleting a small file.',
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--unproven', unprovenHelp)
    .action((words: string[], options: { passwordStdin?: true; unproven?: true }) =>
      act(async (context) => {
        const secret = loneSecretIn(words);
        const fromStdin = options.passwordStdin === true;
        const unproven = options.unproven === true;
        if (secret !== undefined) return setLoneSecret(context, secret, { fromStdin, unproven });
        const typed = readArguments(words);
        return context.withEngine(async (engine) => {
          const settings = requireSettings(engine);
          const changed = changeSettings(settings, typed.settings);
          const setPassword = typed.password || fromStdin;
          const who = settings.ftp.username === '' ? '' : ` of ${settings.ftp.username}`;
          const password = setPassword
            ? await askPassword(context.parts, fromStdin, `Password${safeText(who)} (it is not shown): `)
            : undefined;
          const saved = await saveAndTell(context, engine, {
            changed: typed.settings.length > 0 ? changed : undefined,
            password: password === undefined ? { do: 'keep' } : { do: 'set', value: password },
            unproven,
          });
          const keys = typed.settings.map(({ key }) => key.key);
          return done({ changed: keys, passwordSet: setPassword, proof: saved.proof }, [
            saved.headline,
            ...typed.settings.map(
              ({ key }) => `  ${key.key} = ${safeText(showValue(valueAt(saved.settings, key.path)))}`,
            ),
            ...(setPassword ? [`  ${passwordKey} is kept safe and is never shown.`] : []),
          ]);
        });
      }),
    );
  addExamples(command, [
    'branchline config set ftp.host ftp.example.com',
    'branchline config set ftp.host=ftp.example.com ftp.username=office ftp.enableSsl=true',
    'branchline config set ftp.password',
    'branchline config set ftp.password --password-stdin < password.txt',
    'branchline config set mail.password',
    'branchline config set ftp.host=ftp.example.com --unproven',
  ]);
  command.addHelpText('after', keyHelp);
}
