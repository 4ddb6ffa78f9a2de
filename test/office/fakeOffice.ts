import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV4 } from '../../electron/platform/random.ts';
import {
  createMemoryServer,
  type MemoryServer,
  type MemoryServerOptions,
} from '../../electron/transport/memory/memoryServer.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { createSeededRandom } from '../support/seededRandom.ts';
import { FakeSite } from './fakeSite.ts';

export interface FakeOffice {
  readonly server: MemoryServer;
  readonly clock: FakeClock;
  readonly central: FakeSite;
  readonly stores: readonly FakeSite[];
  readonly sites: readonly FakeSite[];
  /** A further installation with this store number and a GUID of its own. */
  addStore(number: string, options?: { readonly guid?: string; readonly folder?: string }): FakeSite;
  dispose(): void;
}

export interface FakeOfficeOptions {
  readonly stores?: number;
  readonly seed?: number;
  readonly server?: Partial<MemoryServerOptions>;
  readonly delivery?: Record<string, unknown>;
  readonly suspension?: Record<string, unknown>;
  readonly connections?: number;
}

/** Thousands of offices are made and thrown away: where there is a disk in memory, they lie there. */
const memoryDisk = '/dev/shm';

/** The channels of every fake site. */
const channels = ['daily-close', 'price-book'];

/** A central site and some stores on one server in memory, with a fake clock and real local files. */
export function createFakeOffice(options: FakeOfficeOptions = {}): FakeOffice {
  const clock = createFakeClock({ sleepsAdvance: true });
  const random = createSeededRandom(String(options.seed ?? 1));
  const root = mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'branchline-office-'));
  const server = createMemoryServer({ clock, ...options.server });
  const common = {
    formatVersion: 1,
    channels,
    ftp: { protocol: 'folder', connections: options.connections ?? 4 },
    delivery: { settleSeconds: 0, ...options.delivery },
    suspension: { ...options.suspension },
  };
  const make = (folder: string, site: Record<string, unknown>) =>
    new FakeSite({ folder: join(root, folder), settings: { ...common, site }, server, clock, random });
  const officeId = uuidV4(random);
  const central = make('central', { role: 'central', name: 'Head office', guid: uuidV4(random), officeId });
  const addStore: FakeOffice['addStore'] = (number, { guid = uuidV4(random), folder = number } = {}) =>
    make(folder, { role: 'store', storeNumber: number, name: `Store ${number}`, guid });
  const stores = Array.from({ length: options.stores ?? 2 }, (_, index) =>
    addStore(String(index + 1).padStart(4, '0')),
  );
  return {
    server,
    clock,
    central,
    stores,
    sites: [central, ...stores],
    addStore,
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Everybody meets everybody: the office is set up and all stores are welcomed. */
export async function joinAll(office: FakeOffice): Promise<void> {
  await office.central.transmit();
  for (const store of office.stores) await store.transmit();
  await office.central.transmit();
  for (const store of office.stores) await store.transmit();
}
