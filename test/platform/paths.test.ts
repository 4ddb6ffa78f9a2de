import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFolders, dataPaths, defaultDataDir } from '../../electron/platform/paths.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('the default data directory', () => {
  it.each([
    ['the one named', 'linux', { BRANCHLINE_DATA_DIR: '/srv/site', XDG_DATA_HOME: '/x' }, '/srv/site'],
    ['XDG on Linux', 'linux', { XDG_DATA_HOME: '/x', BRANCHLINE_DATA_DIR: '' }, '/x/branchline'],
    ['the home folder on Linux', 'linux', {}, '/home/me/.local/share/branchline'],
    [
      'the home folder where XDG is relative',
      'linux',
      { XDG_DATA_HOME: 'x' },
      '/home/me/.local/share/branchline',
    ],
    ['the library on macOS', 'darwin', {}, '/home/me/Library/Application Support/Branchline'],
    [
      'local data on Windows',
      'win32',
      { LOCALAPPDATA: 'D:\\Users\\me\\Local' },
      'D:\\Users\\me\\Local\\Branchline',
    ],
    ['the profile on Windows', 'win32', {}, '\\home\\me\\AppData\\Local\\Branchline'],
  ] as const)('is %s', (_name, platform, env, expected) => {
    expect(defaultDataDir({ platform, env, home: '/home/me' })).toBe(expected);
  });
});

describe('the folders of a data directory', () => {
  const refusal = (message: unknown) =>
    expect.objectContaining({ code: 'invalid-settings', class: 'fix', message });

  it('are fine by default and where a person put them elsewhere', () => {
    const dataDir = temporaryFolder();
    const elsewhere = temporaryFolder();
    const paths = dataPaths(dataDir, {
      outgoing: join(elsewhere, 'out'),
      incoming: join(elsewhere, 'out-in'),
    });
    expect(paths.outgoing).toBe(join(elsewhere, 'out'));
    expect(paths.sent).toBe(join(dataDir, 'sent'));
    checkFolders(dataPaths(dataDir));
    checkFolders(paths);
  });

  it.each([
    ['the same', { outgoing: '/a', incoming: '/a' }],
    ['one in the other', { outgoing: '/a', incoming: '/a/in' }],
    ['the other in the one', { incoming: '/a', sent: '/a/b/c' }],
    ['in each other under another spelling', { outgoing: '/a/x/..', incoming: '/a/in/' }],
  ])('may not be %s', (_name, folders) => {
    expect(() => checkFolders(dataPaths(temporaryFolder(), folders))).toThrow(
      refusal(expect.stringContaining('lies in')),
    );
  });

  it('may not lie in each other by way of a link', () => {
    const folder = temporaryFolder();
    const target = join(folder, 'target');
    mkdirSync(target);
    symlinkSync(target, join(folder, 'link'));
    const paths = dataPaths(join(folder, 'data'), {
      outgoing: target,
      incoming: join(folder, 'link', 'not', 'there', 'yet'),
    });
    expect(() => checkFolders(paths)).toThrow(refusal(expect.stringContaining('"incoming"')));
  });

  it('may not hold the data directory', () => {
    const folder = temporaryFolder();
    for (const outgoing of [folder, join(folder, 'data')]) {
      expect(() => checkFolders(dataPaths(join(folder, 'data'), { outgoing }))).toThrow(
        refusal(expect.stringContaining('data directory')),
      );
    }
  });

  it('may not take a place that another one has by default', () => {
    const dataDir = temporaryFolder();
    const paths = dataPaths(dataDir, { incoming: join(dataDir, 'inbox', 'x') });
    expect(() => checkFolders(paths)).toThrow(refusal(expect.stringContaining('"inbox"')));
  });

  it('must be whole paths', () => {
    expect(() => checkFolders(dataPaths(temporaryFolder(), { sent: 'sent' }))).toThrow(
      refusal(expect.stringContaining('"sent" is set to sent')),
    );
  });
});
