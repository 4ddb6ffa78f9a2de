import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';
import { siteNameSchema } from '../../shared/sites.ts';
import { formatUtc } from '../platform/clock.ts';
import { type PracticeSite, startPracticeSite } from '../practice/startPracticeSite.ts';
import { type DemoFile, demoFiles } from './demo/demoFiles.ts';
import { type DemoSite, dropFile, openDemoSite } from './demo/demoSites.ts';
import type { EngineOptions } from './openEngine.ts';
import type { PracticeAccount } from './practiceAccount.ts';

/** The practice FTP site and the three sites of the practice office, all in this process. */
export interface PracticeSites {
  readonly central: DemoSite;
  /** Introduces everybody, and fills the outgoing folders; the stores transmit theirs. */
  begin(): Promise<void>;
  /** New files everywhere; the stores transmit. */
  play(): Promise<void>;
  /** Cancels what the sites do, and closes them and the FTP site. */
  close(): Promise<void>;
}

export interface PracticeSitesOptions extends Pick<EngineOptions, 'clock' | 'random'> {
  readonly folder: string;
  readonly account: PracticeAccount;
  /** Cancels every transmission of the practice office. */
  readonly ending: AbortController;
}

const channels = ['daily-close', 'price-book', 'documents'];
const storeLabels = [
  ['0012', 'Riverside'],
  ['0047', 'Station'],
] as const;

/** Opens the practice office in its folder, on a free port, making what is not there yet. */
export async function openPracticeSites(options: PracticeSitesOptions): Promise<PracticeSites> {
  const { folder, account, clock, random, ending } = options;
  const root = join(folder, 'server');
  mkdirSync(root, { recursive: true });
  const sites: DemoSite[] = [];
  let server: PracticeSite | undefined;
  const close = async () => {
    ending.abort();
    for (const site of sites) await site.engine.close();
    await server?.stop();
  };
  const open = async (text: string, label: string, port: number): Promise<DemoSite> => {
    const parts = { dataDir: join(folder, text), clock, random };
    const site = await openDemoSite(siteNameSchema.parse(text), label, { ...account, port }, channels, parts);
    sites.push(site);
    return site;
  };

  try {
    server = await startPracticeSite({ root, ...account, clock });
    const central = await open('central', 'Practice head office', server.port);
    const stores: DemoSite[] = [];
    for (const [number, label] of storeLabels) stores.push(await open(number, label, server.port));
    const files = demoFiles(
      stores.map((store) => store.name),
      process.platform === 'win32',
    );
    const transmit = (site: DemoSite) => transmitNow(site, ending.signal);

    return {
      central,
      close,
      async begin() {
        for (const site of [central, ...stores, central]) await transmit(site);
        for (const site of [central, ...stores]) {
          for (const file of files.filter(({ from }) => from === site.name)) {
            await dropFile(site, file, stores.length);
          }
        }
        for (const store of stores) await transmit(store);
      },
      async play() {
        const time = formatUtc(clock.now()).slice(0, 19).replace('T', ' ').replaceAll(':', '.');
        for (const site of [central, ...stores]) {
          for (const file of sampleOf(site, files)) {
            await dropFile(site, { ...file, path: `${time}.csv` }, stores.length);
          }
        }
        for (const store of stores) await transmit(store);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A day's file of a store, a price list of the central office. */
function sampleOf(site: DemoSite, files: readonly DemoFile[]): DemoFile[] {
  return files.filter(({ from, channel }) => from === site.name && channel !== 'documents').slice(0, 1);
}

async function transmitNow(site: DemoSite, signal: AbortSignal): Promise<void> {
  const { error } = await site.engine.transmit({ mode: 'full', signal });
  if (error !== undefined) throw new ExchangeError(error);
}
