import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Engine, InitRequest } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { type KillPhase, phaseOf } from './killPhase.ts';

const repository = resolve(import.meta.dirname, '../..');
const program = join(repository, 'electron/cli/branchline.ts');

export interface RealServer {
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** How one process ended. */
export interface RunEnd {
  /** It was still running when it was killed. */
  readonly killed: boolean;
  readonly exitCode: number | null;
  /** What it had last done, by its log. */
  readonly phase: KillPhase;
  /** From the opening of its engine on: starting a program takes longer than most transmissions. */
  readonly workedMs: number;
  readonly out: string;
  readonly err: string;
}

export interface Run {
  /** Its engine was opened; or it ended before that. */
  readonly begun: Promise<void>;
  kill(): void;
  readonly ended: Promise<RunEnd>;
}

/** One site's data directory, whose transmissions are processes of their own. */
export class RealSite {
  readonly name: string;
  readonly dataDir: string;
  readonly #server: RealServer;
  readonly #env: Readonly<Record<string, string>>;

  constructor(folder: string, name: string, server: RealServer) {
    this.name = name;
    this.dataDir = join(folder, name);
    this.#server = server;
    const { PATH = '' } = process.env;
    this.#env = {
      PATH,
      HOME: folder,
      BRANCHLINE_PASSWORD: server.password,
      // Starting takes half the processor's time when the program need not be compiled each time.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    };
  }

  async setUp(identity: InitRequest): Promise<void> {
    await this.withEngine(async (engine) => {
      const made = await engine.init(identity);
      await engine.saveSettings({
        ...made,
        channels: ['daily-close', 'price-book'],
        ftp: { ...made.ftp, host: '127.0.0.1', port: this.#server.port, username: this.#server.username },
        // Small packets, so that a few files make several.
        delivery: { ...made.delivery, settleSeconds: 0, packetSizeMegabytes: 0.06, firstRetrySeconds: 0.05 },
      });
    });
  }

  async withEngine<T>(work: (engine: Engine) => T | Promise<T>): Promise<T> {
    const { dataDir } = this;
    const engine = await openEngine({ dataDir, clock: systemClock, random: systemRandom, env: this.#env });
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  }

  drop(path: string, content: Buffer): void {
    const target = join(this.dataDir, 'outgoing', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }

  /** Starts `branchline transmit`. */
  transmit(): Run {
    const logLength = this.#log().length;
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    let begunMs = performance.now();
    // The first that an engine writes, before it opens the ledger.
    const watcher = watch(this.dataDir, (_event, name) => {
      if (name !== 'lock.owner') return;
      begunMs = performance.now();
      watcher.close();
      begin();
    });
    const child = spawn(process.execPath, [program, '--data-dir', this.dataDir, '--json', 'transmit'], {
      cwd: repository,
      env: { ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = this.#end(child, logLength).then((end) => {
      watcher.close();
      begin();
      return { ...end, workedMs: performance.now() - begunMs };
    });
    return { begun, kill: () => child.kill('SIGKILL'), ended };
  }

  /** Runs to the end; a run without (or with a lost) connection counts as one with something left. Errors: a run that does not end well, with what it said. */
  async transmitWell(): Promise<{ readonly moved: number; readonly waiting: number }> {
    const end = await this.transmit().ended;
    if (end.exitCode === 4) return { moved: 0, waiting: 1 };
    if (end.exitCode !== 0 && end.exitCode !== 7) throw new Error(`${this.name}: ${describeEnd(end)}`);
    const { value } = JSON.parse(end.out);
    const { sent, received, receipts, queue } = value;
    return {
      moved: sent.packets + received.packets + receipts.sent + receipts.received,
      waiting: queue.queued + queue.skipped + received.waiting,
    };
  }

  /** Every file below a folder of the data directory, by path. */
  files(folder: 'incoming' | 'outgoing'): Map<string, Buffer> {
    return filesBelow(join(this.dataDir, folder));
  }

  ledgerCheck(): unknown {
    const ledger = new DatabaseSync(join(this.dataDir, 'ledger.db'), { readOnly: true });
    try {
      return ledger.prepare('PRAGMA integrity_check').all();
    } finally {
      ledger.close();
    }
  }

  async #end(child: ChildProcess, logLength: number): Promise<Omit<RunEnd, 'workedMs'>> {
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    await once(child, 'close');
    const log = this.#log();
    return {
      killed: child.signalCode === 'SIGKILL',
      exitCode: child.exitCode,
      // A log that became shorter was put aside at the start of the run.
      phase: phaseOf(log.subarray(log.length < logLength ? 0 : logLength).toString()),
      out,
      err,
    };
  }

  #log(): Buffer {
    try {
      return readFileSync(join(this.dataDir, 'logs/branchline.log'));
    } catch {
      return Buffer.alloc(0);
    }
  }
}

export function describeEnd({ exitCode, phase, out, err }: RunEnd): string {
  return `exit code ${exitCode} after ${phase}\n${out}\n${err}`;
}

export function filesBelow(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
  return new Map(paths.sort().map((path) => [relative(folder, path), readFileSync(path)]));
}
