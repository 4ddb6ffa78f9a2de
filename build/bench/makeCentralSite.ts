import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { vaultVariables } from '../../test/e2e/spawnProgram.ts';

/** A central office that knows its server, in a new data directory. */
export async function makeCentralSite(dataDir: string): Promise<void> {
  const engine = await openEngine({
    dataDir,
    clock: systemClock,
    random: systemRandom,
    env: vaultVariables,
  });
  try {
    const made = await engine.init({ role: 'central', name: 'Head office' });
    await engine.saveSettings({
      ...made,
      channels: ['price-book'],
      ftp: { ...made.ftp, host: '127.0.0.1', username: 'office' },
    });
    await engine.setPassword('never used here', { unproven: true });
  } finally {
    await engine.close();
  }
}
