import type { ExchangeError } from '../../../shared/errors.ts';
import { usageError } from '../usageError.ts';
import {
  keyPassphraseKey,
  mailPasswordKey,
  passwordKey,
  type SettingKey,
  settingKeys,
} from './settingKeys.ts';

/** How many letters must change to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries()) {
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (row[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function nearest(key: string): string | undefined {
  const wanted = key.slice(0, 60).toLowerCase();
  const measured = [
    ...settingKeys.map((known) => known.key),
    passwordKey,
    mailPasswordKey,
    keyPassphraseKey,
  ].map((known) => ({
    known,
    far: Math.min(
      distance(wanted, known.toLowerCase()),
      distance(wanted, known.slice(known.lastIndexOf('.') + 1).toLowerCase()) + 1,
    ),
  }));
  const best = measured.toSorted((a, b) => a.far - b.far)[0];
  return best !== undefined && best.far <= 3 ? best.known : undefined;
}

/** Why this is no key that can be changed, and what to do instead. */
export function unknownKey(key: string): ExchangeError {
  if (/^site\.(role|storeNumber|guid|officeId)$/.test(key)) {
    return usageError(
      `${key} is given once, by init, and cannot be changed: the other sites know this one by it.`,
      'To be another site, run init in another data directory.',
    );
  }
  if (key === 'channels' || key.startsWith('channels.')) {
    return usageError('Channels have commands of their own.', 'See: branchline channels --help');
  }
  if (key === 'imports' || key.startsWith('imports.')) {
    return usageError(
      'Import channels have commands of their own.',
      'See: branchline imports channels --help',
    );
  }
  const guess = nearest(key);
  return usageError(
    `There is no setting ${JSON.stringify(key)}.`,
    `${guess === undefined ? '' : `Did you mean ${guess}? `}All settings: branchline config set --help`,
  );
}

/** Errors: usage. */
export function findSettingKey(key: string): SettingKey {
  const found = settingKeys.find((known) => known.key === key);
  if (found === undefined) throw unknownKey(key);
  return found;
}
