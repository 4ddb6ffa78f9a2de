import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { dataPaths } from '../../electron/platform/paths.ts';
import { readSettings } from '../../electron/platform/settingsFile.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { fuzzTest, resultOrRefusal } from './fuzzTest.ts';
import { isPolluted, mutatedJson } from './jsonMutations.ts';
import { mutated } from './mutations.ts';

let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'branchline-fuzz-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const sample = settingsSchema.parse({
  formatVersion: 1,
  site: {
    role: 'store',
    storeNumber: '0012',
    name: 'Riverside',
    guid: '5b3f8c1e-0d5a-4f0e-9b61-3f7f5d1c2a11',
  },
  ftp: {
    host: 'ftp.example.com',
    username: 'branch',
    activePorts: { from: 50_000, through: 50_100 },
    activeAddress: '192.0.2.1',
  },
  channels: ['daily-close', 'price-book'],
  folders: { outgoing: '/srv/outgoing' },
});

fuzzTest(
  'settings.json, whatever a person or a disk made of it, is taken or refused in plain bounded words',
  1200,
  fc.oneof(
    mutatedJson([sample]).map((text) => Buffer.from(text)),
    mutated([JSON.stringify(sample, undefined, 2)]),
  ),
  async (bytes) => {
    writeFileSync(dataPaths(dataDir).settings, bytes);
    const outcome = await resultOrRefusal(() => readSettings(dataDir), ExchangeError);
    expect(isPolluted()).toBe(false);
    if ('value' in outcome) {
      expect(settingsSchema.safeParse(outcome.value).success).toBe(true);
    } else {
      expect(outcome.refusal).toMatchObject({ code: 'invalid-settings', class: 'fix' });
      expect(outcome.refusal.message).not.toMatch(/undefined|\[object|function /);
      expect(outcome.refusal.message.length).toBeLessThan(4000);
    }
  },
);
