import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '../../../shared/settings.ts';
import type { SiteName } from '../../../shared/sites.ts';
import { dataPaths } from '../../platform/paths.ts';
import type { Engine } from '../engine.ts';
import type { EngineOptions } from '../openEngine.ts';
import { openEngine } from '../openEngine.ts';
import type { DemoFile } from './demoFiles.ts';

/** One site of the demo's office. */
export interface DemoSite {
  readonly name: SiteName;
  /** `The central office`, `Store 0012`. */
  readonly title: string;
  readonly engine: Engine;
  readonly outgoing: string;
  readonly incoming: string;
}

export interface DemoServer {
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** Opens a site in its own data directory; a new one is set up as init, config and channels do. */
export async function openDemoSite(
  name: SiteName,
  label: string,
  server: DemoServer,
  channels: readonly string[],
  parts: Pick<EngineOptions, 'dataDir' | 'clock' | 'random'>,
): Promise<DemoSite> {
  // By variables, so that no keychain of the person who watches is touched, also when a password is set.
  const env = { BRANCHLINE_PASSWORD: server.password, BRANCHLINE_VAULT_KEY: server.password };
  const engine = await openEngine({ ...parts, env });
  try {
    const settings = engine.settings() ?? (await setUp(engine, name, label, channels));
    const { port, username } = server;
    await engine.saveSettings({ ...settings, ftp: { ...settings.ftp, host: '127.0.0.1', port, username } });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const paths = dataPaths(parts.dataDir);
  const title = name === 'central' ? 'Central office' : `Store ${name}`;
  return { name, title, engine, outgoing: paths.outgoing, incoming: paths.incoming };
}

async function setUp(
  engine: Engine,
  name: SiteName,
  label: string,
  channels: readonly string[],
): Promise<Settings> {
  const settings = await engine.init(
    name === 'central' ? { role: 'central', name: label } : { role: 'store', storeNumber: name, name: label },
  );
  // The files are whole before the first run begins.
  return await engine.saveSettings({
    ...settings,
    channels,
    delivery: { ...settings.delivery, settleSeconds: 0 },
  });
}

/** Puts a file where a person would: a store under its channel, the central office under the addressee too. */
export async function dropFile(site: DemoSite, file: DemoFile, everyStore: number): Promise<void> {
  const channel = join(site.outgoing, file.channel);
  const [only = 'all'] = file.to;
  const folder =
    site.name === 'central' ? join(channel, file.to.length === everyStore ? 'all' : only) : channel;
  const path = join(folder, ...file.path.split('/'));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.content);
}
