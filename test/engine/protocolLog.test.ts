import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { createProtocolLog, readProtocol } from '../../electron/engine/protocolLog.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { startPracticeSite } from '../../electron/practice/startPracticeSite.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const password = 'Passwort Cn4ry7q9Zx 7f3a';
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'branchline-protocol-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a transmission shows what was said to the server, without the password', async () => {
  const common = { username: 'office', password, clock: systemClock };
  const site = await startPracticeSite({ root: mkdtempSync(join(root, 'site-')), ...common });
  const engine = await openEngine({
    dataDir: join(root, 'data'),
    clock: systemClock,
    random: systemRandom,
    env: { BRANCHLINE_PASSWORD: password },
  });
  try {
    const settings = await engine.init({ role: 'central', name: 'Head office' });
    const ftp = { ...settings.ftp, host: '127.0.0.1', port: site.port, username: 'office' };
    await engine.saveSettings({ ...settings, ftp });
    const { transmissionId, outcome } = await engine.transmit({ mode: 'full' });
    expect(outcome).toBe('done');
    const protocol = (await engine.historyShow(transmissionId))?.protocol ?? [];
    expect(protocol.some((line) => line.includes('office.json'))).toBe(true);
    expect(protocol.join('\n')).not.toContain(password);
  } finally {
    await engine.close();
    await site.stop();
  }
});

test('the protocols of the latest 200 runs are kept, and of a long one its end', () => {
  const clock = createFakeClock();
  for (let run = 0; run < 203; run += 1) {
    const log = createProtocolLog(root, clock);
    for (let line = 0; line < (run === 202 ? 12_000 : 1); line += 1) log.add(`line ${line}`);
    log.save(String(run).padStart(4, '0'));
  }
  expect(readdirSync(join(root, 'logs/runs'))).toHaveLength(200);
  expect(readProtocol(root, '0001')).toEqual([]);
  const last = readProtocol(root, '0202');
  expect(last).toHaveLength(5000);
  expect(last.at(-1)).toMatch(/ line 11999$/);
});
