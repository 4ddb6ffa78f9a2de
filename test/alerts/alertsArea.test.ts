import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAlertsArea } from '../../electron/engine/areas/alertsArea.ts';
import type { AreaParts } from '../../electron/engine/areas/area.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { temporaryFolder } from '../ledger/ledgerFixture.ts';
import { centralSettings } from '../renderer/presentStates.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { createSeededRandom } from '../support/seededRandom.ts';
import { startMailServer } from './mailServer.ts';

function neverAsked(): never {
  throw new Error('Nothing here asks for this.');
}

it('an open engine sends what waits by itself, and stands still after its end', async () => {
  const gone = await startMailServer();
  await gone.stop();
  const clock = createFakeClock();
  const ledger = openLedger({ path: join(temporaryFolder(), 'ledger.db'), clock });
  onTestFinished(() => ledger.close());
  const settings = settingsSchema.parse({
    ...centralSettings,
    mail: {
      host: '127.0.0.1',
      port: gone.port,
      security: 'none',
      sender: 'a@example.com',
      recipients: ['b@example.com'],
    },
  });
  let told = 0;
  const parts: AreaParts = {
    dataDir: '/nowhere',
    clock,
    random: createSeededRandom(),
    env: {},
    ledger,
    settings: () => settings,
    configured: () => settings,
    saveSettings: neverAsked,
    site: neverAsked,
    factory: neverAsked,
    secret: () => ({ get: async () => undefined, has: async () => false, set: neverAsked }),
    tell: () => undefined,
    changed: () => {
      told += 1;
    },
  };
  const area = createAlertsArea(parts);
  area.begin?.();
  area.alarms.raise({ kind: 'failed-import', key: 'users', subject: 'Import failed', body: 'why' });
  const unsent = () => ledger.read((tables) => tables.mails.unsent());
  await expect.poll(() => unsent()[0]?.attempts).toBe(1);
  expect(area.attention?.()).toEqual([
    'Import failed: why',
    expect.stringContaining('One e-mail could not be sent and will be tried again: No connection'),
  ]);

  const server = await startMailServer({ port: gone.port });
  await expect
    .poll(async () => {
      await clock.advance(60_000);
      return unsent();
    })
    .toEqual([]);
  expect(server.taken.map(({ subject }) => subject)).toEqual(['Import failed']);
  expect(told).toBeGreaterThan(0);
  await area.close?.();
  expect(clock.waiting).toBe(0);
});
