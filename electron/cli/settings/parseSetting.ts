import { resolve } from 'node:path';
import { usageError } from '../usageError.ts';
import type { SettingKey } from './settingKeys.ts';

const yes = /^(true|yes|on|1)$/i;
const no = /^(false|no|off|0)$/i;

/** A setting that names a place on this machine is kept as an absolute path. */
const isLocalPath = (key: string) =>
  key.startsWith('folders.') || key.endsWith('.certificateAuthorityFile') || key === 'ftp.keyFile';

/** Errors: usage, naming the field, what was typed and the rule. */
export function settingError(key: SettingKey, typed: string, why?: string): Error {
  return usageError(
    `${key.key}: ${JSON.stringify(typed)} is not allowed.${why === undefined ? '' : ` ${why}`}`,
    `It must be ${key.rule}. Nothing was changed.`,
  );
}

/** The typed text as the type the setting wants; the schema checks the rest. Errors: usage. */
export function parseSetting(key: SettingKey, typed: string): unknown {
  if (key.kind === 'yes-or-no') {
    if (yes.test(typed)) return true;
    if (no.test(typed)) return false;
    throw settingError(key, typed);
  }
  if (key.kind === 'number') {
    if (!/^-?\d+(\.\d+)?$/.test(typed.trim())) throw settingError(key, typed);
    return Number(typed);
  }
  if (key.kind === 'list') {
    return typed
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  }
  if (typed === '' && key.optional) {
    throw usageError(`${key.key} is empty.`, `To remove it: branchline config unset ${key.key}`);
  }
  return isLocalPath(key.key) ? resolve(typed) : typed;
}
