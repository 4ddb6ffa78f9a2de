import { type Answer, done } from '../answer.ts';
import { askPassword } from '../askPassword.ts';
import type { Context } from '../context.ts';
import { usageError } from '../usageError.ts';
import { requireSettings } from './requireSettings.ts';
import { mailPasswordKey } from './settingKeys.ts';

/** The mail server's password stands alone in a command: it is asked for like the other one, and is another. Errors: usage. */
export function isMailPassword(words: readonly string[]): boolean {
  const named = words.some((word) => word === mailPasswordKey || word.startsWith(`${mailPasswordKey}=`));
  if (!named) return false;
  if (words.length === 1 && words[0] === mailPasswordKey) return true;
  throw usageError(
    'mail.password is set in a command of its own, and never given as an argument: everybody on this machine could read it.',
    'Type: branchline config set mail.password (it asks), or add --password-stdin, or set BRANCHLINE_PASSWORD.',
  );
}

export function setMailPassword(context: Context, fromStdin: boolean): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const value = await askPassword(
      context.parts,
      fromStdin,
      'Password of the mail server (it is not shown): ',
    );
    await engine.ask('mail.setPassword', { password: { do: 'set', value } });
    return done({ changed: [], passwordSet: true }, [
      'Saved.',
      `  ${mailPasswordKey} is kept safe and is never shown.`,
    ]);
  });
}

export function forgetMailPassword(context: Context): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    await engine.ask('mail.setPassword', { password: { do: 'clear' } });
    return done({ unset: [mailPasswordKey] }, ['Saved.', `  ${mailPasswordKey} is forgotten.`]);
  });
}
