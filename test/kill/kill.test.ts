import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Chance, chanceOf } from '../fuzz/chance.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { type ControlRelay, startControlRelay } from './controlRelay.ts';
import { killPhases } from './killPhase.ts';
import { describeEnd, filesBelow, RealSite, type Run, type RunEnd } from './realSite.ts';

/** CI kills more often than a person has time for. KILL_SEED repeats the choices, though not the timing. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] ? 100 : 20));
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);

/** What each site must have in the end, by path below incoming/. */
type Expected = Map<RealSite, Map<string, Buffer>>;

interface Office {
  readonly central: RealSite;
  readonly stores: readonly RealSite[];
  readonly sites: readonly RealSite[];
  readonly relay: ControlRelay;
  readonly serverHome: string;
}

async function withOffice(work: (office: Office) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-kill-'));
  const server = await startProftpd();
  const relay = await startControlRelay(server.port);
  try {
    const access = { port: relay.port, username: server.username, password: server.password };
    const central = new RealSite(folder, 'central', access);
    const stores = ['0001', '0002'].map((number) => new RealSite(folder, number, access));
    await central.setUp({ role: 'central', name: 'Head office' });
    for (const store of stores)
      await store.setUp({ role: 'store', storeNumber: store.name, name: `Store ${store.name}` });
    await work({ central, stores, sites: [central, ...stores], relay, serverHome: server.homeOnDisk });
  } finally {
    await relay.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function dropFiles(office: Office, expected: Expected, chance: Chance, round: number): void {
  const expect = (site: RealSite, path: string, content: Buffer) => expected.get(site)?.set(path, content);
  const count = 2 + chance.below(5);
  for (let index = 0; index < count; index += 1) {
    const content = chance.random.bytes(chance.percent(15) ? 0 : chance.below(300_000));
    const name = `round ${round}/é ${index}.bin`;
    const from = chance.pick(office.sites);
    if (from !== office.central) {
      from.drop(`daily-close/${name}`, content);
      expect(office.central, `daily-close/${from.name}/${name}`, content);
      continue;
    }
    const store = chance.percent(40) ? undefined : chance.pick(office.stores);
    from.drop(`price-book/${store?.name ?? 'all'}/${name}`, content);
    for (const to of store === undefined ? office.stores : [store])
      expect(to, `price-book/central/${name}`, content);
  }
}

/** Acts some time after a run has begun; that moment is what this test is about. Does nothing once it is over. */
async function actOn(run: Run, afterMs: number, act: () => void): Promise<void> {
  await run.begun;
  const timer = setTimeout(act, afterMs);
  await run.ended;
  clearTimeout(timer);
}

interface Tally {
  readonly ends: RunEnd[];
  brokenConnections: number;
  /** How long a run takes that nobody kills. */
  wholeRunMs: number;
}

/** One or two sites transmit and are killed at random moments; now and then all connections break instead. */
async function killRound(office: Office, chance: Chance, tally: Tally): Promise<void> {
  const one = chance.pick(office.sites);
  const other = chance.pick(office.sites);
  const runs = [...new Set([one, other])].map((site) => site.transmit());
  // Later ones are likelier: a run begins with steps that change nothing.
  const moment = () => Math.sqrt(chance.below(1000) / 1000) * 1.3 * tally.wholeRunMs;
  if (chance.percent(15)) {
    const breakAll = () => {
      tally.brokenConnections += office.relay.breakAll();
    };
    await Promise.all(runs.slice(-1).map((run) => actOn(run, moment(), breakAll)));
  } else {
    // Of two, one is sometimes left alone, so that things also move on.
    const spared = runs.length === 2 && chance.percent(30) ? 1 : 0;
    await Promise.all(runs.slice(spared).map((run) => actOn(run, moment(), run.kill)));
  }
  const ends = await Promise.all(runs.map((run) => run.ended));
  for (const end of ends) {
    tally.ends.push(end);
    if (end.killed) continue;
    // Done, in part, or not connected; never "unexpected", and never "busy" for a lock that a dead one left.
    expect([0, 7, 4], describeEnd(end)).toContain(end.exitCode);
    if (end.exitCode === 0) tally.wholeRunMs = 0.8 * tally.wholeRunMs + 0.2 * end.workedMs;
  }
}

/** Nobody is killed any more: everybody transmits until nothing moves. A server short of ports is asked again, as a scheduler would. */
async function settle(office: Office): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    let moved = 0;
    let waiting = 0;
    for (const site of office.sites) {
      await site.withEngine((engine) => engine.queueRetry());
      const result = await site.transmitWell();
      moved += result.moved;
      waiting += result.waiting;
    }
    if (moved === 0 && waiting === 0) return;
  }
  throw new Error('After twelve turns something is still moving.');
}

function describeKills({ ends, brokenConnections, wholeRunMs }: Tally): string {
  const killed = ends.filter((end) => end.killed);
  const phases = killPhases.map((phase) => `${phase} ${killed.filter((end) => end.phase === phase).length}`);
  return `${ends.length} runs (about ${Math.round(wholeRunMs)} ms each), ${killed.length} killed: ${phases.join(', ')}; ${brokenConnections} connections broken`;
}

function sizes(files: ReadonlyMap<string, Buffer>): [string, number][] {
  return [...files].map(([path, content]): [string, number] => [path, content.length]).sort();
}

describeWithServer('ProFTPD', 'real transmissions that are killed', () => {
  test(`nothing is lost or doubled by kill -9 at random moments (${rounds} rounds, seed ${seed})`, async () => {
    const chance = chanceOf(seed);
    await withOffice(async (office) => {
      const expected: Expected = new Map(office.sites.map((site) => [site, new Map()]));
      const tally: Tally = { ends: [], brokenConnections: 0, wholeRunMs: 0 };
      // Everybody meets everybody, and the program is compiled; then one is timed.
      await settle(office);
      const timed = await office.central.transmit().ended;
      tally.wholeRunMs = 2 * timed.workedMs;

      for (let round = 0; round < rounds; round += 1) {
        dropFiles(office, expected, chance, round);
        await killRound(office, chance, tally);
      }
      console.log(`${describeKills(tally)}; seed ${seed}`);
      await settle(office);

      for (const site of office.sites) {
        const wanted = expected.get(site) ?? new Map<string, Buffer>();
        const arrived = site.files('incoming');
        expect(sizes(arrived), site.name).toEqual(sizes(wanted));
        for (const [path, content] of wanted) expect(arrived.get(path)?.equals(content), path).toBe(true);
        expect([...site.files('outgoing').keys()], site.name).toEqual([]);
        expect(site.ledgerCheck(), site.name).toEqual([{ integrity_check: 'ok' }]);
      }
      expect([...filesBelow(office.serverHome).keys()]).toEqual([
        'office.json',
        'stores/0001/site.json',
        'stores/0001/welcome.json',
        'stores/0002/site.json',
        'stores/0002/welcome.json',
      ]);
      expect(readdirSync(join(office.serverHome, 'tmp'))).toEqual([]);
      // Kills that hit nobody would prove nothing.
      const killed = tally.ends.filter((end) => end.killed);
      expect(killed.length).toBeGreaterThanOrEqual(rounds / 3);
    });
  }, 900_000);
});
