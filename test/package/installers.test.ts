import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../build/electron-builder.config.ts';

const root = resolve(import.meta.dirname, '../..');

test('there are installers for Windows (for one or for all, and for roll-out), macOS and Linux', () => {
  expect(config.win?.target).toEqual(['nsis', 'msi']);
  expect(config.nsis).toMatchObject({ oneClick: false, perMachine: false, allowElevation: true });
  expect(config.msi).toMatchObject({ perMachine: true });
  expect(config.mac?.target).toEqual(['dmg']);
  expect(config.linux?.target).toEqual(['AppImage', 'deb']);
});

test('removing the program leaves the data', () => {
  expect(config.nsis?.deleteAppDataOnUninstall).toBe(false);
});

test('keytar is not rebuilt from source', () => {
  expect(config.npmRebuild).toBe(false);
});

test('every icon is there', () => {
  for (const icon of [config.win?.icon, config.mac?.icon, config.linux?.icon]) {
    expect(existsSync(join(root, String(icon))), String(icon)).toBe(true);
  }
});
