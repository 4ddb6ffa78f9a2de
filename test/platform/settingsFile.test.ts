import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSettings, readSettings, writeSettings } from '../../electron/platform/settingsFile.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const site = {
  role: 'store',
  storeNumber: '0012',
  name: 'High Street',
  guid: '6f1f6f34-3f0a-4a5e-9f3a-0d6c2f2f0a11',
};
const minimal = { formatVersion: 1, site };

const refusal = (message: unknown) =>
  expect.objectContaining({ code: 'invalid-settings', class: 'fix', message });

describe('settings', () => {
  it('are undefined before set-up', () => {
    expect(readSettings(temporaryFolder())).toBeUndefined();
  });

  it('come back as they were written, with every default filled in', () => {
    const dataDir = temporaryFolder();
    const written = writeSettings(dataDir, {
      ...minimal,
      ftp: { host: 'ftp.example.com' },
      channels: ['daily-close'],
    });
    expect(written.ftp.port).toBe(21);
    expect(readSettings(dataDir)).toStrictEqual(written);
    expect(readdirSync(dataDir)).toEqual(['settings.json']);
  });

  it('keep the ones before the last change', () => {
    const dataDir = temporaryFolder();
    const previous = () => JSON.parse(readFileSync(join(dataDir, 'settings.json.previous'), 'utf8'));
    writeSettings(dataDir, minimal);
    writeSettings(dataDir, { ...minimal, ftp: { host: 'one' } });
    writeSettings(dataDir, { ...minimal, ftp: { host: 'two' } });
    expect(previous().ftp.host).toBe('one');
    // Writing the same again is no change.
    writeSettings(dataDir, { ...minimal, ftp: { host: 'two' } });
    expect(previous().ftp.host).toBe('one');
  });

  it('that are wrong are not written', () => {
    const dataDir = temporaryFolder();
    writeSettings(dataDir, minimal);
    const before = readFileSync(join(dataDir, 'settings.json'), 'utf8');
    expect(() => writeSettings(dataDir, { ...minimal, ftp: { port: 0 } })).toThrow();
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(before);
    expect(existsSync(join(dataDir, 'settings.json.previous'))).toBe(false);
  });

  it.each([
    [{ ftp: { port: 0 } }, 'Port (ftp.port): it must be a whole number from 1 to 65535.'],
    [{ ftp: { port: '21' } }, 'Port (ftp.port): it must be a whole number from 1 to 65535.'],
    [{ ftp: { protocol: 'gopher' } }, 'Protocol (ftp.protocol): it must be one of "ftp", "sftp", "folder".'],
    [{ ftp: { passiveMode: 'yes' } }, 'Passive Mode (ftp.passiveMode): it must be true or false.'],
    [{ ftp: { host: 'a\nb' } }, 'Host (ftp.host): Control characters are not allowed here.'],
    [{ ftp: { host: 'a'.repeat(300) } }, 'Host (ftp.host): it may have at most 255 characters.'],
    [
      { ftp: { activeAddress: 'x' } },
      'Active mode address (ftp.activeAddress): it must be an IPv4 or IPv6 address.',
    ],
    [{ ftp: { pasive: true } }, 'There is no setting "ftp.pasive".'],
    [{ password: 'x' }, 'There is no setting "password".'],
    [{ site: undefined }, 'Site (site): it is missing.'],
    [{ site: { ...site, role: 'shop' } }, 'Role (site.role): it must be "central" or "store".'],
    [
      { site: { ...site, storeNumber: 'all' } },
      'Store number (site.storeNumber): This word is reserved and cannot be a store number.',
    ],
    [{ folders: { outgoing: 3 } }, 'Outgoing folder (folders.outgoing): it must be text.'],
    [{ channels: 'x' }, 'Channels (channels): it must be a list.'],
  ])('%j are refused in plain words', (wrong, message) => {
    expect(() => checkSettings('/data', { ...minimal, ...wrong })).toThrow(refusal(message));
  });

  it('that are no object are refused', () => {
    for (const value of [undefined, null, 3, 'x', []]) {
      expect(() => checkSettings('/data', value)).toThrow(refusal(expect.stringContaining('The settings')));
    }
  });

  it('from a newer Branchline are refused as such', () => {
    expect(() => checkSettings('/data', { ...minimal, formatVersion: 2, newThing: true })).toThrow(
      refusal(expect.stringContaining('newer Branchline (format 2; this one knows 1)')),
    );
  });

  it('whose folders lie in each other are refused', () => {
    const folders = { outgoing: '/exchange', incoming: '/exchange/in' };
    expect(() => checkSettings('/data', { ...minimal, folders })).toThrow(
      refusal(expect.stringContaining('lies in the folder "outgoing"')),
    );
  });

  it('edited by hand may begin with a byte order mark', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'settings.json'), `\uFEFF${JSON.stringify(minimal)}`);
    expect(readSettings(dataDir)?.site.name).toBe('High Street');
  });

  it.each([
    ['', 'Somewhere it is not valid JSON'],
    ['{"formatVersion": 1,\n "site": {} "ftp": "hunter2"}', 'At line 2, column 13, it is not valid JSON'],
    ['{"ftp": hunter2}', 'it is not valid JSON'],
  ])('spoilt by hand (%j) are refused without repeating their text', (text, message) => {
    const dataDir = temporaryFolder();
    const path = join(dataDir, 'settings.json');
    writeFileSync(path, text);
    expect(() => readSettings(dataDir)).toThrow(refusal(expect.stringContaining(message)));
    expect(() => readSettings(dataDir)).toThrow(refusal(expect.stringContaining(path)));
    expect(() => readSettings(dataDir)).toThrow(refusal(expect.not.stringContaining('hunter2')));
  });
});
