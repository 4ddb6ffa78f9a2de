import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Progress, TransmissionResult } from '../../../shared/progress.ts';
import { siteNameSchema } from '../../../shared/sites.ts';
import { randomShortId } from '../../platform/random.ts';
import { type PracticeSite, startPracticeSite } from '../../practice/startPracticeSite.ts';
import type { EngineOptions } from '../openEngine.ts';
import { compareDeliveries, type SiteFindings } from './compareDeliveries.ts';
import { type DemoFile, demoFiles } from './demoFiles.ts';
import { type DemoServer, type DemoSite, dropFile, openDemoSite } from './demoSites.ts';

export interface DemoOptions extends Pick<EngineOptions, 'clock' | 'random'> {
  /** Keep the folders. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  /** Takes one finished line of the story. */
  readonly say: (line: string) => void;
  readonly onProgress: (who: string, progress: Progress) => void;
}

/** What the demo showed. */
export interface DemoReport {
  /** Every file arrived where it should and nowhere else, and every hash agrees. */
  readonly agreed: boolean;
  /** Counted once per addressee. */
  readonly filesChecked: number;
  readonly sites: readonly SiteFindings[];
  readonly problems: readonly string[];
  /** Where it was kept, where it was. */
  readonly keptIn: string | undefined;
}

const labels: readonly (readonly [string, string])[] = [
  ['central', 'Head office'],
  ['0012', 'Riverside'],
  ['0047', 'Station'],
  ['0105', 'Harbour'],
];

const channels = ['daily-close', 'price-book', 'documents'];

/**
 * Lets a central office and three stores exchange made-up files through an FTP server on this machine.
 *
 * Promise: touches nothing but a new temporary folder, which is gone at the end unless it is to be kept, also
 *          after a failure or when cancelled.
 * Errors:  cancelled; those of the engine.
 */
export async function runDemo(options: DemoOptions): Promise<DemoReport> {
  const folder = await mkdtemp(join(tmpdir(), 'branchline-demo-'));
  const sweep = () => rmSync(folder, { recursive: true, force: true });
  // A second Ctrl-C ends the process without coming back here.
  if (!options.keep) process.once('exit', sweep);
  const sites: DemoSite[] = [];
  let server: PracticeSite | undefined;
  try {
    const root = join(folder, 'server');
    await mkdir(root);
    const account = { username: 'office', password: randomShortId(options.random, 16) };
    server = await startPracticeSite({ root, ...account, clock: options.clock });
    options.say(`A practice FTP site listens on 127.0.0.1:${server.port}.`);
    await openSites(sites, folder, { ...account, port: server.port }, options);
    const findings = await exchange(sites, options);
    options.say('');
    await sayWhatIsLeft(root, options);
    return reportOf(findings, options.keep ? folder : undefined);
  } finally {
    for (const site of sites) await site.engine.close();
    await server?.stop();
    if (!options.keep) {
      sweep();
      process.off('exit', sweep);
    }
  }
}

async function openSites(
  sites: DemoSite[],
  folder: string,
  server: DemoServer,
  options: DemoOptions,
): Promise<void> {
  for (const [text, label] of labels) {
    throwIfCancelled(options.signal);
    const name = siteNameSchema.parse(text);
    const { clock, random } = options;
    sites.push(
      await openDemoSite(name, label, server, channels, { dataDir: join(folder, text), clock, random }),
    );
  }
  options.say(`Set up: ${sites.map((site) => site.title).join(', ')}.`);
}

/** The office's day: everybody is introduced, files are dropped, everybody transmits, and all is compared. */
async function exchange(sites: readonly DemoSite[], options: DemoOptions): Promise<SiteFindings[]> {
  const [central, ...stores] = sites;
  if (central === undefined) return [];
  options.say('');
  options.say('The sites introduce themselves:');
  for (const site of [central, ...stores, central]) await transmit(site, options);

  const files = demoFiles(
    stores.map((store) => store.name),
    process.platform === 'win32',
  );
  options.say('');
  for (const site of sites) {
    const own = files.filter((file) => file.from === site.name);
    for (const file of own) await dropFile(site, file, stores.length);
    options.say(`${site.title} has ${count(own.length, 'file')} to send, among them "${longest(own)}".`);
  }

  options.say('');
  options.say('They transmit:');
  for (const site of [...stores, central, ...stores, central]) await transmit(site, options);

  options.say('');
  options.say('Who got what, compared with what was put into the outgoing folders:');
  const findings: SiteFindings[] = [];
  for (const site of sites) {
    const found = await compareDeliveries(site.name, site.incoming, files);
    findings.push(found);
    sayFindings(site, found, options);
  }
  return findings;
}

function longest(files: readonly DemoFile[]): string {
  const names = files.map((file) => file.path.split('/').at(-1) ?? '').filter((name) => name.length < 60);
  return names.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

async function transmit(site: DemoSite, options: DemoOptions): Promise<void> {
  throwIfCancelled(options.signal);
  const notes: string[] = [];
  const result = await site.engine.transmit({
    mode: 'full',
    signal: options.signal,
    onNote: (note) => notes.push(note.text),
    onProgress: (progress) => options.onProgress(site.title, progress),
  });
  throwIfCancelled(options.signal);
  options.say(`  ${site.title.padEnd(15)} ${describe(result) || notes.join(' ') || 'nothing to exchange'}`);
}

function describe({ outcome, sent, received, receipts, error }: TransmissionResult): string {
  const deeds = [
    sent.packets > 0 ? `sent ${count(sent.packets, 'packet')}` : '',
    received.packets > 0
      ? `received ${count(received.files, 'file')} in ${count(received.packets, 'packet')}`
      : '',
    receipts.sent > 0 ? `sent ${count(receipts.sent, 'receipt')}` : '',
    receipts.received > 0 ? `received ${count(receipts.received, 'receipt')}` : '',
  ].filter((deed) => deed !== '');
  const trouble = outcome === 'done' ? '' : ` (${outcome}${error === undefined ? '' : `: ${error.message}`})`;
  return `${deeds.join(', ')}${trouble}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function sayFindings(site: DemoSite, found: SiteFindings, options: DemoOptions): void {
  const good = found.files.filter((file) => file.agrees).length;
  options.say(`  ${site.title}: ${good} of ${count(found.files.length, 'file')}`);
  for (const file of found.files) {
    const path = file.path.length > 60 ? `${file.path.slice(0, 40)}…${file.path.slice(-19)}` : file.path;
    options.say(`    ${file.agrees ? 'same' : 'NOT THE SAME'}  sha256 ${file.sha256.slice(0, 12)}…  ${path}`);
  }
}

async function sayWhatIsLeft(root: string, options: DemoOptions): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const packets = entries.filter((entry) => entry.name.endsWith('.tar.zst')).length;
  options.say(
    `Left on the server: ${packets === 0 ? 'no packet, every one has been answered' : `${count(packets, 'packet')}`}.`,
  );
}

function reportOf(sites: readonly SiteFindings[], keptIn: string | undefined): DemoReport {
  const problems = sites.flatMap((site) => site.problems);
  const filesChecked = sites.reduce((sum, site) => sum + site.files.length, 0);
  return { agreed: problems.length === 0 && filesChecked > 0, filesChecked, sites, problems, keptIn };
}
