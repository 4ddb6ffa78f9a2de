import type { PasswordChange } from '../../../shared/contract/candidate.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Answer, done } from '../answer.ts';
import { askPassword, passphraseKind, type SecretKind } from '../askPassword.ts';
import type { Context } from '../context.ts';
import { usageError } from '../usageError.ts';
import { requireSettings } from './requireSettings.ts';
import { saveAndTell } from './saveAndTell.ts';
import { keyPassphraseKey, mailPasswordKey } from './settingKeys.ts';

interface SecretChange {
  readonly change: PasswordChange;
  /** Save it even where it lets nobody in; see saveAndTell. */
  readonly unproven: boolean;
}

/** A secret that stands alone in a command: it is asked for like the password, and is another. */
export interface LoneSecret {
  readonly key: string;
  readonly question: string;
  /** Where it may come from; like the password where undefined. */
  readonly kind?: SecretKind;
  /** Saves it, and says in a line how. */
  change(context: Context, engine: Engine, change: SecretChange): Promise<string>;
  has(engine: Engine): Promise<boolean>;
}

export const loneSecrets: readonly LoneSecret[] = [
  {
    key: mailPasswordKey,
    question: 'Password of the mail server (it is not shown): ',
    async change(_context, engine, { change: password }) {
      await engine.ask('mail.setPassword', { password });
      return 'Saved.';
    },
    has: async (engine) => (await engine.ask('mail.hasPassword', {})).hasPassword,
  },
  {
    key: keyPassphraseKey,
    question: 'Passphrase of the key file (it is not shown): ',
    kind: { ...passphraseKind, option: '--password-stdin' },
    async change(context, engine, { change: passphrase, unproven }) {
      const changed = requireSettings(engine);
      return (await saveAndTell(context, engine, { changed, passphrase, unproven })).headline;
    },
    has: async (engine) => (await engine.ask('access.hasPassphrase', {})).saved,
  },
];

/** The secret that the words name; undefined where they name none. Errors: usage, where it does not stand alone. */
export function loneSecretIn(words: readonly string[]): LoneSecret | undefined {
  const named = loneSecrets.find(({ key }) =>
    words.some((word) => word === key || word.startsWith(`${key}=`)),
  );
  if (named === undefined || (words.length === 1 && words[0] === named.key)) return named;
  const variable = named.kind?.variable ?? 'BRANCHLINE_PASSWORD';
  throw usageError(
    `${named.key} is set in a command of its own, and never given as an argument: everybody on this machine could read it.`,
    `Type: branchline config set ${named.key} (it asks), or add --password-stdin, or set ${variable}.`,
  );
}

export function setLoneSecret(
  context: Context,
  secret: LoneSecret,
  { fromStdin, unproven }: { readonly fromStdin: boolean; readonly unproven: boolean },
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const value = await askPassword(context.parts, fromStdin, secret.question, secret.kind);
    const headline = await secret.change(context, engine, { change: { do: 'set', value }, unproven });
    return done({ changed: [], passwordSet: true }, [
      headline,
      `  ${secret.key} is kept safe and is never shown.`,
    ]);
  });
}

export function forgetLoneSecret(context: Context, secret: LoneSecret, unproven: boolean): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const headline = await secret.change(context, engine, { change: { do: 'clear' }, unproven });
    return done({ unset: [secret.key] }, [headline, `  ${secret.key} is forgotten.`]);
  });
}
