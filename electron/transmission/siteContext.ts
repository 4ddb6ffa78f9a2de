import type { RunNote, TransmissionResult } from '../../shared/progress.ts';
import type { Delivery } from '../../shared/settings.ts';
import type { ChannelName, SiteName } from '../../shared/sites.ts';
import type { SuspensionSettings } from '../../shared/suspensionSettings.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { TransportPool } from '../transport/transport.ts';
import type { ProgressMeter } from './progressMeter.ts';

/** Absolute paths of a site's local folders. */
export interface SiteFolders {
  readonly outgoing: string;
  readonly incoming: string;
  readonly sent: string;
  /** Sealed packets, from the moment they are queued until they expire. */
  readonly backup: string;
  /** Packets and receipts that were refused, each with its reason. */
  readonly rejected: string;
  /** Incoming files whose name existed, with the setting `refuse`. */
  readonly refused: string;
  /** Downloads under way. */
  readonly inbox: string;
}

/** Who this site is, where its things lie, and what it works with. */
export interface SiteContext {
  readonly me: SiteName;
  readonly guid: string;
  readonly label: string;
  /** The version of this program; its receipts say it. */
  readonly version: string;
  /** The office's id: the central site's own; undefined at a store that has not met its office yet. */
  readonly officeId: string | undefined;
  readonly delivery: Delivery;
  readonly suspension: SuspensionSettings;
  /** The switch "Enable FTP"; without it no run connects. */
  readonly ftpEnabled: boolean;
  readonly channels: readonly ChannelName[];
  readonly folders: SiteFolders;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
}

/** One transmission under way. */
export interface RunContext extends SiteContext {
  readonly transmissionId: string;
  readonly pool: TransportPool;
  readonly signal: AbortSignal | undefined;
  /** The schedule asked for it: nobody looks on, and a refused log-in is not tried again. */
  readonly unattended?: boolean | undefined;
  readonly progress: ProgressMeter;
  /** What other rooms do within it. */
  readonly hooks?: RunHooks;
  readonly tally: Tally;
  /** Writes a line to the run's log. */
  note(level: RunNote['level'], text: string): void;
  /** Says what needs a person; ends up in the result. */
  attention(text: string): void;
}

/** What other rooms do within a transmission. A hook that fails fails that step, not the others. */
export interface RunHooks {
  /** Connected; before files are packed: what is put into the outgoing folder here travels in this run. Not in `import-only`. */
  beforeExport?(run: RunContext): Promise<void>;
  /**
   * The verified files of a test packet, which are discarded afterwards: what is wanted of them is moved away. May be
   * called again for the same packet after a kill.
   */
  testFiles?(run: RunContext, files: readonly TestFile[]): Promise<void>;
  /** After packets were applied and before receipts are made. Not in `export-only`. */
  afterImport?(run: RunContext): Promise<void>;
  /** When the run has ended, well or badly, and its result is in the ledger. Must not throw. */
  afterRun?(run: RunContext, result: TransmissionResult): Promise<void>;
  /**
   * A store's edition of each set that the central site sends it, by `dataset/set`. Asked only where that site is
   * known to read it.
   */
  editions?(): Readonly<Record<string, string>>;
}

/** A file of a packet with the usage `test`. */
export interface TestFile {
  readonly channel: ChannelName;
  readonly path: string;
  readonly from: SiteName;
  readonly packetFileName: string;
  /** Where its verified content lies. */
  readonly stagedPath: string;
}

/** Counts of a run, filled in as it goes. */
export interface Tally {
  packedPackets: number;
  packedFiles: number;
  leftForNextTime: number;
  sentPackets: number;
  sentBytes: number;
  receivedPackets: number;
  receivedFiles: number;
  receivedBytes: number;
  rejected: number;
  duplicates: number;
  waiting: number;
  receiptsSent: number;
  receiptsReceived: number;
  /** Something is left undone that another run, or a person, must finish. */
  unfinished: boolean;
}

export function emptyTally(): Tally {
  return {
    packedPackets: 0,
    packedFiles: 0,
    leftForNextTime: 0,
    sentPackets: 0,
    sentBytes: 0,
    receivedPackets: 0,
    receivedFiles: 0,
    receivedBytes: 0,
    rejected: 0,
    duplicates: 0,
    waiting: 0,
    receiptsSent: 0,
    receiptsReceived: 0,
    unfinished: false,
  };
}
