import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../electron/platform/atomicWrite.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('an atomic write', () => {
  it('replaces the content whole and leaves nothing else behind', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file.json');
    writeFileAtomic(path, 'a longer first content');
    writeFileAtomic(path, new Uint8Array([1, 2]));
    expect([...readFileSync(path)]).toEqual([1, 2]);
    expect(readdirSync(folder)).toEqual(['file.json']);
  });

  it.skipIf(process.platform === 'win32')(
    'gives the mode asked for, over an older file and over what a crash left',
    () => {
      const path = join(temporaryFolder(), 'file.json');
      writeFileSync(path, 'old', { mode: 0o644 });
      writeFileSync(join(path, '..', '.file.json.writing'), 'left', { mode: 0o644 });
      writeFileAtomic(path, 'secret', { mode: 0o600 });
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path, 'utf8')).toBe('secret');
    },
  );

  it('that cannot be finished keeps the old content and cleans up', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'taken');
    mkdirSync(join(path, 'inside'), { recursive: true });
    expect(() => writeFileAtomic(path, 'new')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(readdirSync(path)).toEqual(['inside']);
  });
});
