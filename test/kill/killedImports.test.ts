import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import { importChannelSchema } from '../../shared/importsSettings.ts';
import { putOnDisk } from '../dropFolders/partner.ts';
import { chanceOf } from '../fuzz/chance.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';

/** As in kill.test.ts: CI kills more often than a person has time for. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] ? 100 : 20));
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);

const repository = resolve(import.meta.dirname, '../..');
const program = join(repository, 'electron/cli/branchline.ts');
const dataset = datasetNameSchema.parse('rate-book');
const set = setNameSchema.parse('default');

/** Some rows for two of SQLite's transactions, and every book with a size and a rate of its own. */
const rowsOf = (book: number) => 4200 + book;

interface Site {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly server: FtpServer;
  readonly drops: string;
}

async function setUp(folder: string, server: FtpServer): Promise<Site> {
  const { PATH = '' } = process.env;
  const site: Site = {
    dataDir: join(folder, 'central'),
    env: {
      PATH,
      HOME: folder,
      BRANCHLINE_PASSWORD: server.password,
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    },
    server,
    drops: join(server.homeOnDisk, 'ratebooks'),
  };
  const engine = await openEngine({
    dataDir: site.dataDir,
    clock: systemClock,
    random: systemRandom,
    env: site.env,
  });
  const made = await engine.init({ role: 'central', name: 'Head office' });
  await engine.saveSettings({
    ...made,
    ftp: { ...made.ftp, host: '127.0.0.1', port: server.port, username: server.username },
    dropFolders: { ...made.dropFolders, settleSeconds: 0 },
    delivery: { ...made.delivery, settleSeconds: 0, firstRetrySeconds: 0.05 },
    imports: [
      importChannelSchema.parse({
        name: 'rate-book',
        dataset: 'rate-book',
        from: { folder: 'ratebooks' },
        keepEditions: 3,
      }),
    ],
  });
  await engine.close();
  return site;
}

/** A partner has put a whole book there. */
function drop({ server }: Site, book: number): void {
  const rows = Array.from({ length: rowsOf(book) }, (_, row) => `V${row},24,10000,monthly,${book}.00`);
  const path = `ratebooks/book-${String(book).padStart(4, '0')}.csv`;
  putOnDisk(server, path, `vehicle,term,mileage,payment_profile,rate\n${rows.join('\n')}\n`);
}

interface Run {
  readonly child: ChildProcess;
  /** Its engine was opened. */
  readonly begun: Promise<void>;
  readonly ended: Promise<{ readonly workedMs: number; readonly said: string }>;
}

/** `branchline imports run`, as a process of its own. */
function run({ dataDir, env }: Site): Run {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  let begunMs = performance.now();
  const watcher = watch(dataDir, (_event, name) => {
    if (name !== 'lock.owner') return;
    begunMs = performance.now();
    watcher.close();
    begin();
  });
  const child = spawn(process.execPath, [program, '--data-dir', dataDir, '--json', 'imports', 'run'], {
    cwd: repository,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const ended = once(child, 'close').then(() => {
    watcher.close();
    begin();
    return { workedMs: performance.now() - begunMs, said };
  });
  return { child, begun, ended };
}

async function runWell(site: Site): Promise<number> {
  const { child, ended } = run(site);
  const { workedMs, said } = await ended;
  expect(child.exitCode, said).toBe(0);
  return workedMs;
}

/** The number of the published book, after looking that it is there whole; undefined where none is published yet. */
function publishedBook({ dataDir }: Site): number | undefined {
  const path = join(dataDir, 'records.db');
  if (!existsSync(path)) return undefined;
  const records = openRecords({ path, clock: systemClock, random: systemRandom, readOnly: true });
  try {
    const rates = new Map<string, number>();
    for (const { values } of records.each({ dataset, set })) {
      const rate = String(values['rate']);
      rates.set(rate, (rates.get(rate) ?? 0) + 1);
    }
    const [[rate, rows] = [], another] = [...rates];
    expect(another, 'rows of two books').toBeUndefined();
    if (rate === undefined) return undefined;
    const book = Number.parseInt(rate, 10);
    expect(rows, `rows of book ${book}`).toBe(rowsOf(book));
    return book;
  } finally {
    records.close();
  }
}

describeWithServer('ProFTPD', 'real imports that are killed', () => {
  test(`leave exactly one complete edition published, and import every file once (${rounds} rounds, seed ${seed})`, async () => {
    const chance = chanceOf(seed);
    const folder = mkdtempSync(join(tmpdir(), 'branchline-killed-imports-'));
    const server = await startProftpd();
    try {
      const site = await setUp(folder, server);
      drop(site, 1);
      await runWell(site);
      drop(site, 2);
      const wholeMs = await runWell(site);
      expect(publishedBook(site)).toBe(2);

      let killed = 0;
      const seen = new Set<number | undefined>();
      for (let round = 0; round < rounds; round += 1) {
        // Now and then nothing new is there: what a kill has left is brought to its end.
        if (chance.percent(70)) drop(site, 3 + round);
        const { child, begun, ended } = run(site);
        await begun;
        const timer = setTimeout(() => child.kill('SIGKILL'), (chance.below(1000) / 1000) * 1.2 * wholeMs);
        const { said } = await ended;
        clearTimeout(timer);
        if (child.signalCode === 'SIGKILL') killed += 1;
        else expect(child.exitCode, said).toBe(0);
        seen.add(publishedBook(site));
      }
      const last = rounds + 10;
      for (let turn = 0; turn < 5; turn += 1) await runWell(site);
      drop(site, last);
      await runWell(site);
      expect(publishedBook(site)).toBe(last);

      const dropped = readdirSync(site.drops, { recursive: true, withFileTypes: true });
      expect(dropped.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([]);
      const ledger = openLedger({ path: join(site.dataDir, 'ledger.db'), clock: systemClock });
      const reports = ledger.read(({ importRuns }) => importRuns.list({ limit: 10_000 }));
      ledger.close();
      const published = reports.filter(({ outcome }) => outcome === 'published').map(({ source }) => source);
      const expected = new Set(reports.map(({ source }) => source));
      expect([...published].sort()).toEqual([...expected].sort());
      expect(reports.filter(({ outcome }) => outcome !== 'published' && outcome !== 'interrupted')).toEqual(
        [],
      );
      console.log(
        `${killed} of ${rounds} runs killed (about ${Math.round(wholeMs)} ms each); ${seen.size} books seen; seed ${seed}`,
      );
      expect(killed).toBeGreaterThanOrEqual(rounds / 3);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 900_000);
});
