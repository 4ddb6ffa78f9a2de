// `npm run bench`: Branchline beside lftp, rclone and curl, site to site, over three lines. Exits with 1 when one
// of the promises about speed does not hold.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FtpServer } from '../../test/servers/ftpServer.ts';
import { startVsftpd } from '../../test/servers/startVsftpd.ts';
import { type BenchFiles, makeLargeFile, makeSmallFiles } from './benchFiles.ts';
import { type BenchOptions, readBenchOptions } from './benchOptions.ts';
import { branchline } from './branchlineContestant.ts';
import {
  bestForSmallFiles,
  connectionsPerClient,
  quickest,
  serverSessions,
  usesForLargeFile,
} from './choosePeers.ts';
import type { Contestant } from './contestant.ts';
import { runImportBench } from './importBench.ts';
import { bareLoopback, type Line, startLine } from './line.ts';
import { installedPeers } from './peerPrograms.ts';
import { resultTable } from './resultTable.ts';
import { runTrial, type TrialResult } from './runTrial.ts';
import { runUiBench } from './uiBench.ts';

const roundTripMs = 50;
const hundredMegabits = 100_000_000 / 8;
/** Through (a), the best peer takes at least so many times as long for the small files. */
const smallFilesFactor = 20;
/** Through (b), the large file takes at most so many times as long as the best peer's. */
const largeFileFactor = 1.1;

const root = resolve(import.meta.dirname, '../..');
const say = (text: string) => process.stdout.write(text);

function buildProgram(): void {
  const vite = join(root, 'node_modules/.bin/vite');
  const built = spawnSync(vite, ['build', '-c', 'build/vite.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('The program could not be built.');
}

function openLine(letter: string, server: FtpServer): Promise<Line> | Line {
  if (letter === 'a') return startLine('(a) 50 ms round trip', server, { roundTripMs });
  if (letter === 'c') return bareLoopback(server);
  return startLine('(b) 50 ms round trip, 100 Mbit/s', server, {
    roundTripMs,
    bytesPerSecond: hundredMegabits,
  });
}

/** Everything that the races share. */
class Bench {
  readonly #options: BenchOptions;
  readonly #server: FtpServer;
  readonly #scratch: string;
  readonly #peers = installedPeers();
  #sample: BenchFiles | undefined;
  #small: BenchFiles | undefined;
  #large: BenchFiles | undefined;
  /** The peers' trials with small files: the best numbers of connections depend on the round trip, not on the rate. */
  readonly #known = new Map<'far' | 'near', readonly TrialResult[]>();

  constructor(options: BenchOptions, server: FtpServer, scratch: string) {
    this.#options = options;
    this.#server = server;
    this.#scratch = scratch;
  }

  /** What was promised and does not hold. */
  async overLine(letter: string): Promise<readonly string[]> {
    const line = await openLine(letter, this.#server);
    try {
      const small = await this.#smallFiles(letter, line);
      const large = await this.#largeFile(letter, line);
      const broken: string[] = [];
      if (letter === 'a') broken.push(...check('small files', 1 / smallFilesFactor, small));
      if (letter === 'b') broken.push(...check('large file', largeFileFactor, large));
      return broken;
    } finally {
      await line.stop();
    }
  }

  async #smallFiles(letter: string, line: Line): Promise<readonly TrialResult[]> {
    this.#sample ??= await makeSmallFiles(join(this.#scratch, 'sample'), 40, 10_000);
    this.#small ??= await makeSmallFiles(join(this.#scratch, 'small'), this.#options.smallFiles, 10_000);
    const distance = letter === 'c' ? 'near' : 'far';
    const known =
      this.#known.get(distance) ??
      (await bestForSmallFiles(this.#peers, this.#sample, (peer, files) => this.#run(peer, files, line)));
    // Small files take the peers minutes: over the second far line only the quickest runs.
    const racing = letter === 'b' && known.length > 0 ? [quickest(known)] : known;
    const results = await this.#race(
      line,
      this.#small,
      racing.map(({ contestant }) => contestant),
    );
    this.#known.set(distance, results.slice(1));
    return results;
  }

  async #largeFile(letter: string, line: Line): Promise<readonly TrialResult[]> {
    const { largeBytes } = this.#options;
    this.#large ??= await makeLargeFile(join(this.#scratch, 'large'), largeBytes, 'random');
    const results = await this.#race(line, this.#large, usesForLargeFile(this.#peers));
    if (letter === 'b') {
      // The peers do not compress: what the content is makes no difference to them.
      const folder = join(this.#scratch, 'csv');
      const csv = await makeLargeFile(folder, largeBytes, 'csv');
      await this.#race(line, csv, []);
      rmSync(folder, { recursive: true });
    }
    return results;
  }

  async #race(line: Line, files: BenchFiles, peers: readonly Contestant[]): Promise<readonly TrialResult[]> {
    const results: TrialResult[] = [];
    for (const contestant of [branchline(), ...peers]) {
      results.push(await this.#run(contestant, files, line));
    }
    say(`\n${line.title}: ${files.title}\n${resultTable(results)}`);
    return results;
  }

  async #run(contestant: Contestant, files: BenchFiles, line: Line): Promise<TrialResult> {
    const result = await runTrial(contestant, files, this.#server, line, this.#scratch);
    const { name, way } = contestant;
    process.stderr.write(`… ${name} (${way}), ${files.title}: ${result.totalSeconds.toFixed(2)} s\n`);
    return result;
  }
}

/** Ours may take `factor` times as long as the best peer. */
function check(what: string, factor: number, [ours, ...peers]: readonly TrialResult[]): readonly string[] {
  if (ours === undefined || peers.length === 0) return [];
  const best = quickest(peers);
  const allowed = best.totalSeconds * factor;
  const holds = ours.totalSeconds <= allowed;
  const line = `${what}: ${ours.totalSeconds.toFixed(2)} s, allowed ${allowed.toFixed(2)} s (${factor.toFixed(2)} x ${best.contestant.name}, ${best.totalSeconds.toFixed(2)} s)`;
  say(`  ${holds ? 'holds' : 'FAILS'}  ${line}\n`);
  return holds ? [] : [line];
}

/** What was promised of the races and does not hold. */
async function raceOverLines(options: BenchOptions): Promise<readonly string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'branchline-bench-'));
  const server = await startVsftpd({ maxClients: serverSessions });
  const broken: string[] = [];
  try {
    say(
      [
        `vsftpd, plain FTP, passive; ${cpus().length} processors for clients, server and line together.`,
        `Branchline: two whole transmissions of real processes, one at each site; peers: upload plus download.`,
        `Peers have the best of 1, 4 and ${connectionsPerClient} connections, the most that the server grants a client.`,
        `Every trial's files are compared by SHA-256. Round trips are turns on the control connections, all together.`,
        options.quick ? 'Quick: fewer and smaller files; the promises are about the full size.' : '',
      ]
        .filter((text) => text !== '')
        .join('\n')
        .concat('\n'),
    );
    const bench = new Bench(options, server, scratch);
    for (const letter of options.lines) broken.push(...(await bench.overLine(letter)));
  } finally {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
  return broken;
}

const options = readBenchOptions(process.argv.slice(2));
if (options.lines.length > 0 || options.windows) buildProgram();
const broken = options.lines.length > 0 ? [...(await raceOverLines(options))] : [];
if (options.importRows !== undefined) broken.push(...(await runImportBench(say, options.importRows)));
if (options.windows) await runUiBench(say);
if (broken.length > 0) process.exitCode = 1;
