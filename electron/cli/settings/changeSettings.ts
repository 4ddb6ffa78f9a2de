import { type Settings, settingsSchema } from '../../../shared/settings.ts';
import { usageError } from '../usageError.ts';
import { parseSetting, settingError } from './parseSetting.ts';
import { type SettingKey, settingKeys } from './settingKeys.ts';

export interface TypedSetting {
  readonly key: SettingKey;
  readonly typed: string;
}

/** A copy with the value at the path; `undefined` takes it out. */
function withValue(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const branch: Record<string, unknown> = { ...(typeof tree === 'object' ? tree : {}) };
  const next = withValue(branch[head], rest, value);
  if (next === undefined) delete branch[head];
  else branch[head] = next;
  return branch;
}

/** The value at the path, where there is one. */
export function valueAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (branch, name) =>
      typeof branch === 'object' && branch !== null && Object.hasOwn(branch, name)
        ? // Narrowed to an object that has this very key.
          (branch as Record<string, unknown>)[name]
        : undefined,
    tree,
  );
}

function check(candidate: unknown, typed: readonly TypedSetting[]): unknown {
  const result = settingsSchema.safeParse(candidate);
  const issue = result.error?.issues[0];
  if (issue === undefined) return candidate;
  const place = issue.path.join('.');
  const culprit = typed.find(({ key }) => place === key.key || place.startsWith(`${key.key}.`));
  // zod's own words ("Too big: expected number…") say less than the rule; ours begin with an article or name.
  const why = issue.code === 'custom' || culprit?.key.kind === 'list' ? issue.message : undefined;
  if (culprit !== undefined) throw settingError(culprit.key, culprit.typed, why);
  const rule = settingKeys.find((known) => known.key === place)?.rule;
  throw usageError(
    rule === undefined
      ? `${place}: ${issue.message}`
      : `${place} is missing or not allowed. It must be ${rule}.`,
    'Give the settings that belong together in one command, for example: branchline config set ftp.activePorts.from=50000 ftp.activePorts.through=50100. Nothing was changed.',
  );
}

/** The settings after typing these values, checked whole. Errors: usage. */
export function changeSettings(settings: Settings, typed: readonly TypedSetting[]): unknown {
  const changed = typed.reduce<unknown>(
    (tree, { key, typed: text }) => withValue(tree, key.path, parseSetting(key, text)),
    settings,
  );
  return check(changed, typed);
}

/** The settings with these values back at what is proposed, checked whole. Errors: usage. */
export function unsetSettings(settings: Settings, paths: readonly (readonly string[])[]): unknown {
  return check(
    paths.reduce<unknown>((tree, path) => withValue(tree, path, undefined), settings),
    [],
  );
}
