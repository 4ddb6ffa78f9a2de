import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runTransmission } from '../../electron/engine/runTransmission.ts';
import { nameOf, siteOf } from '../../electron/engine/siteOf.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import type { Random } from '../../electron/platform/random.ts';
import type { SiteFolders } from '../../electron/transmission/siteContext.ts';
import type { Fault, FaultCall } from '../../electron/transport/decorators/fault.ts';
import { FaultScript } from '../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../electron/transport/decorators/withScriptedFaults.ts';
import type { MemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import type { SiteName } from '../../shared/sites.ts';
import type { TransmissionRow } from '../../shared/views.ts';
import { type CommitFault, crashingLedger } from './crashingLedger.ts';

/** What is to go wrong in one run. */
export interface Trouble {
  readonly decide?: (call: FaultCall) => Fault | undefined;
  readonly commit?: CommitFault;
  /** The run is cancelled at this transport call, from 1. */
  readonly cancelAtCall?: number;
}

/** The error of a simulated kill. */
export class SimulatedCrash extends Error {}

export interface FakeSiteParts {
  /** A folder of its own. */
  readonly folder: string;
  readonly settings: unknown;
  readonly server: MemoryServer;
  readonly clock: Clock;
  readonly random: Random;
}

/** A site with real files and a real ledger, on a server in memory. Each run is a program of its own. */
export class FakeSite {
  readonly name: SiteName;
  readonly settings: Settings;
  readonly folders: SiteFolders;
  readonly #parts: FakeSiteParts;

  constructor(parts: FakeSiteParts) {
    this.#parts = parts;
    this.settings = settingsSchema.parse(parts.settings);
    this.name = nameOf(this.settings);
    const at = (name: string) => join(parts.folder, name);
    this.folders = {
      outgoing: at('outgoing'),
      incoming: at('incoming'),
      sent: at('sent'),
      backup: at('backup'),
      rejected: at('rejected'),
      refused: at('refused'),
      inbox: at('inbox'),
    };
    for (const folder of Object.values(this.folders)) mkdirSync(folder, { recursive: true });
  }

  /** Puts a file into the outgoing folder, below `channel/` or `channel/addressee/`. */
  drop(path: string, content: string | Buffer): void {
    const target = join(this.folders.outgoing, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }

  /** True when a file lies in the outgoing folder under this path. */
  waits(path: string): boolean {
    return existsSync(join(this.folders.outgoing, path));
  }

  /** Every file that arrived, by path below incoming/. */
  arrived(): Map<string, Buffer> {
    return treeOf(this.folders.incoming);
  }

  /** Works on this site's ledger between runs. */
  withLedger<T>(work: (ledger: Ledger) => T): T {
    const ledger = this.#openLedger();
    try {
      return work(ledger);
    } finally {
      ledger.close();
    }
  }

  /** One run of the program. `crashed`: it was killed on the way. */
  async transmit(
    mode: TransmissionRow['mode'] = 'full',
    trouble: Trouble = {},
  ): Promise<TransmissionResult | 'crashed'> {
    const crash = new SimulatedCrash('killed');
    const abort = new AbortController();
    const script = new FaultScript((call) => {
      if (call.sequence === trouble.cancelAtCall) abort.abort();
      return trouble.decide?.(call);
    });
    const real = this.#openLedger();
    let dead = false;
    const ledger = crashingLedger(
      real,
      trouble.commit,
      crash,
      () => dead || script.crashed !== undefined,
      () => {
        dead = true;
      },
    );
    const { settings, folders } = this;
    const { clock, random, server } = this.#parts;
    try {
      const site = siteOf({ settings, folders, ledger, clock, random });
      const factory = withScriptedFaults(server.factory('memory'), script);
      return await runTransmission(
        site,
        factory,
        settings.ftp.connections,
        {},
        { mode, signal: abort.signal },
      );
    } catch (error) {
      if (error === crash || error instanceof SimulatedCrash) return 'crashed';
      throw error;
    } finally {
      real.close();
    }
  }

  #openLedger(): Ledger {
    return openLedger({ path: join(this.#parts.folder, 'ledger.db'), clock: this.#parts.clock });
  }
}

function treeOf(root: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(root, path), readFileSync(path));
  }
  return files;
}
