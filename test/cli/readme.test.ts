import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingKeys } from '../../electron/cli/settings/settingKeys.ts';
import { exitCodes } from '../../shared/exitCodes.ts';
import { commandNames } from './commandNames.ts';

describe('README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

  test('its table of exit codes is the one in the code', () => {
    const rows = [...readme.matchAll(/^\| (\d+) \| `([a-z]+)` \|/gim)].map((row) => [row[2], Number(row[1])]);
    expect(Object.fromEntries(rows)).toEqual(exitCodes);
  });

  test('it explains every setting', () => {
    const missing = settingKeys.filter(({ key }) => !readme.includes(`\`${key}\``));
    expect(missing.map(({ key }) => key)).toEqual([]);
  });

  test('it names every command', () => {
    const missing = commandNames.filter((names) => !readme.includes(`branchline ${names.join(' ')}`));
    expect(missing).toEqual([]);
  });
});
