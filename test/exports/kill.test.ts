import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { chanceOf } from '../fuzz/chance.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { enquiriesDataset, exportOf, standard, temporaryFolder } from './exportsFixture.ts';

const rounds = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] ? 20 : 10));
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);
const repository = resolve(import.meta.dirname, '../..');

describeWithServer('ProFTPD', 'exports that are killed', () => {
  test(`kill -9 at random moments loses no row and doubles none (${rounds} rounds, seed ${seed})`, async () => {
    const server = await startProftpd();
    onTestFinished(() => server.stop());
    const dataDir = join(temporaryFolder(), 'central');
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: dataDir,
      BRANCHLINE_PASSWORD: server.password,
      NODE_COMPILE_CACHE: `${dataDir}-compiled`,
    };
    const engine = await openEngine({ dataDir, clock: systemClock, random: systemRandom, env });
    const made = await engine.init({ role: 'central', name: 'Head office' });
    const { port, username } = server;
    const folder = 'exports/enquiries';
    await engine.saveSettings({
      ...made,
      ftp: { ...made.ftp, host: '127.0.0.1', port, username },
      exports: [exportOf({ name: 'enquiries', dataset: 'questions', folder, kind: 'changes' })],
    });
    await engine.ask('records.addDataset', { schema: { ...enquiriesDataset, name: 'questions' } });
    await engine.close();
    const dataset = { ...enquiriesDataset, name: exportOf({ dataset: 'questions' }).dataset };

    let added = 0;
    const add = (rows: number) => {
      const records = openRecords({
        path: dataPaths(dataDir).records,
        clock: systemClock,
        random: systemRandom,
      });
      for (let row = 0; row < rows; row += 1) {
        added += 1;
        expect(records.add(dataset.name, standard, { question: `question ${added}` })).toEqual([]);
      }
      records.close();
    };
    const run = async (killAfterMs?: number) => {
      const program = join(repository, 'electron/cli/branchline.ts');
      const args = [program, '--data-dir', dataDir, 'exports', 'run', 'enquiries', '--quiet'];
      const child = spawn(process.execPath, args, { cwd: repository, env, stdio: 'ignore' });
      const timer =
        killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      const [exitCode] = await once(child, 'exit');
      clearTimeout(timer);
      return exitCode;
    };
    const home = join(server.homeOnDisk, folder);
    const taken: string[] = [];
    const take = () => {
      for (const name of existsSync(home) ? readdirSync(home) : []) {
        const content = readFileSync(join(home, name), 'utf8');
        expect(content).toMatch(/^question\r\n(question \d+\r\n)+$/);
        taken.push(...content.split('\r\n').slice(1, -1));
        unlinkSync(join(home, name));
      }
    };

    const timed = async (killAfterMs?: number) => {
      const begunMs = systemClock.monotonic();
      return { exitCode: await run(killAfterMs), tookMs: systemClock.monotonic() - begunMs };
    };
    add(1);
    // The program is compiled; then one run is timed.
    expect(await run()).toBe(0);
    add(1);
    let { tookMs: wholeMs } = await timed();
    const chance = chanceOf(seed);
    let killed = 0;
    for (let round = 0; round < rounds; round += 1) {
      add(chance.below(3));
      // Starting takes the first half; what is killed there has done nothing.
      const { exitCode, tookMs } = await timed(wholeMs * (0.45 + chance.below(600) / 1000));
      if (exitCode === null) killed += 1;
      else wholeMs = 0.7 * wholeMs + 0.3 * tookMs;
      if (chance.percent(50)) take();
    }
    expect(await run()).toBe(0);
    take();
    const expected = Array.from({ length: added }, (_, index) => `question ${index + 1}`);
    expect(taken.toSorted()).toEqual(expected.toSorted());
    expect(killed).toBeGreaterThan(0);
    expect(readdirSync(join(server.homeOnDisk, 'tmp'))).toEqual([]);
  }, 300_000);
});
