import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { type Chance, chanceOf } from '../fuzz/chance.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { account } from '../servers/launchFtpServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { type CustomerValues, fillCustomers } from './centralSite.ts';

/** The issue asks for a hundred. KILL_SEED repeats the choices, though not the timing. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] ? 100 : 30));
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);
const repository = resolve(import.meta.dirname, '../..');

const customers: readonly CustomerValues[] = ['1', '2', '3', '4'].map((id) => ({
  customer_id: id,
  account_number: `N${id}`,
  name: `Customer ${id}`,
  ...(id === '1' || id === '2' ? { store: '0012' } : {}),
}));

/** A process that has loaded, and waits to be told to begin. */
class CentralProcess {
  readonly #child: ChildProcess;
  #out = '';
  #err = '';
  readonly #begun = Promise.withResolvers<void>();
  readonly ended: Promise<void>;

  constructor(dataDir: string, server: FtpServer, mode: 'forever' | 'to-the-end') {
    const main = join(import.meta.dirname, 'killMain.ts');
    const args = [main, dataDir, String(server.port), server.username, mode];
    this.#child = spawn(process.execPath, args, {
      cwd: repository,
      env: {
        ...process.env,
        BRANCHLINE_PASSWORD: server.password,
        NODE_COMPILE_CACHE: join(dataDir, '../compiled'),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
      if (this.#out.includes('begun')) this.#begun.resolve();
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    this.ended = once(this.#child, 'close').then(() => this.#begun.resolve());
  }

  async begin(): Promise<void> {
    this.#child.stdin?.write('go\n');
    await this.#begun.promise;
  }

  /** Kills it some time from now, and waits for its end. Errors: it had ended by itself. */
  async killAfter(ms: number): Promise<void> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), ms);
    await this.ended;
    clearTimeout(timer);
    if (this.#child.signalCode !== 'SIGKILL') throw new Error(`It ended by itself: ${this.#err}`);
  }

  async toTheEnd(): Promise<void> {
    await this.begin();
    await this.ended;
    if (!this.#out.includes('ended')) throw new Error(`It did not come to its end: ${this.#err}`);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** Partners' folder, as they see it on the server's disk. */
class Partners {
  /** What was dropped for each customer; '' for what nobody can be found for. */
  readonly dropped = new Map<string, string[]>();
  readonly folder: string;
  readonly #aside: string;
  #count = 0;

  constructor(server: FtpServer) {
    this.folder = join(server.homeOnDisk, 'customerfiles/account_number');
    this.#aside = join(server.homeOnDisk, 'aside');
    for (const path of [join(server.homeOnDisk, 'customerfiles'), this.folder, this.#aside]) {
      mkdirSync(path);
      chownSync(path, account.uid, account.gid);
    }
  }

  /** Something is claimed, or waits to be. */
  isMidway(): boolean {
    const claimed = join(this.folder, 'claimed');
    const names = [...readdirSync(this.folder), ...(existsSync(claimed) ? readdirSync(claimed) : [])];
    return names.some((name) => name.endsWith('.pdf'));
  }

  drop(chance: Chance): void {
    const customer = chance.percent(25) ? '' : chance.pick(['1', '2', '3', '4']);
    const name = `${customer === '' ? `nobody ${chance.below(3)}` : `N${customer}`}.pdf`;
    // A partner does not write over what was not taken yet.
    if (existsSync(join(this.folder, name))) return;
    this.#count += 1;
    const size = chance.percent(10) ? 900_000 : chance.below(20_000);
    const content = `${this.#count} ${chance.random.bytes(size).toString('hex')}`;
    this.dropped.set(customer, [...(this.dropped.get(customer) ?? []), content]);
    const aside = join(this.#aside, 'file');
    writeFileSync(aside, content);
    chownSync(aside, account.uid, account.gid);
    renameSync(aside, join(this.folder, name));
  }
}

function contentsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .sort();
}

describeWithServer('ProFTPD', "partners' files and processes that are killed", () => {
  test(`nothing is lost or attached twice by kill -9 at random moments (${rounds} rounds, seed ${seed})`, async () => {
    const chance = chanceOf(seed);
    const root = mkdtempSync(join(tmpdir(), 'branchline-kill-files-'));
    const dataDir = join(root, 'central');
    mkdirSync(dataDir);
    const server = await startProftpd();
    let next: CentralProcess | undefined;
    try {
      fillCustomers(dataDir, systemClock, customers);
      const partners = new Partners(server);
      let midway = 0;
      for (let round = 0; round < rounds; round += 1) {
        for (let count = 0; count < 4; count += 1) partners.drop(chance);
        const process: CentralProcess = next ?? new CentralProcess(dataDir, server, 'forever');
        // It loads while this one works.
        next = new CentralProcess(dataDir, server, round === rounds - 1 ? 'to-the-end' : 'forever');
        await process.begin();
        await process.killAfter(chance.below(250));
        if (partners.isMidway()) midway += 1;
      }
      await next?.toTheEnd();
      // Kills that hit nothing would prove nothing.
      console.log(`${midway} of ${rounds} kills came while files were claimed or waiting; seed ${seed}`);
      expect(midway).toBeGreaterThanOrEqual(rounds / 4);

      const index = new DatabaseSync(join(dataDir, 'customer-files.db'), { readOnly: true });
      const attached = index.prepare('SELECT customer, stored_path, state FROM attachments').all();
      const open = index.prepare("SELECT remote_name FROM unidentified WHERE state = 'open'").all();
      const integrity = index.prepare('PRAGMA integrity_check').all();
      index.close();
      expect(integrity).toEqual([{ integrity_check: 'ok' }]);
      expect(attached.filter(({ state }) => state !== 'attached')).toEqual([]);
      const attachments = join(dataDir, 'attachments');
      for (const { customer_id: customer } of customers) {
        const stored = attached
          .filter((row) => row['customer'] === customer)
          .map((row) => readFileSync(join(attachments, String(row['stored_path'])), 'utf8'));
        const expected = [...(partners.dropped.get(customer) ?? [])].sort();
        expect(stored.sort().map(brief), customer).toEqual(expected.map(brief));
        expect(contentsBelow(join(attachments, 'customers', customer)), customer).toEqual(expected);
        // Sent on to the customer's store, once.
        const sentOn = contentsBelow(join(dataDir, 'outgoing/documents/0012', customer));
        expect(sentOn.map(brief), customer).toEqual(
          customer === '1' || customer === '2' ? expected.map(brief) : [],
        );
      }
      const nobodys = [...(partners.dropped.get('') ?? [])].sort();
      const unidentified = join(partners.folder, 'unidentified');
      expect(contentsBelow(unidentified).map(brief)).toEqual(nobodys.map(brief));
      expect(open.map((row) => row['remote_name']).sort()).toEqual(readdirSync(unidentified).sort());
      expect(readdirSync(partners.folder).sort()).toEqual(['claimed', 'unidentified']);
      expect(readdirSync(join(partners.folder, 'claimed'))).toEqual([]);
      expect(readdirSync(join(dataDir, 'inbox'))).toEqual([]);
    } finally {
      await next?.stop();
      await server.stop();
      rmSync(root, { recursive: true, force: true });
    }
  }, 600_000);
});

/** For messages: the number that each content begins with, and its length. */
function brief(content: string): string {
  return `${content.split(' ')[0]} ${content.length}`;
}
