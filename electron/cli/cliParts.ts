import type { Message } from '../../shared/contract/wire.ts';
import type { PacketHeader } from '../../shared/packetHeader.ts';
import type { DemoOptions, DemoReport } from '../engine/demo/demoOffice.ts';
import type { Engine, PacketReport } from '../engine/engine.ts';
import type { RunningEngine } from '../engine/host/startEngine.ts';
import type { Clock } from '../engine/localMachine.ts';
import type { ServiceWorld } from '../engine/service/serviceWorld.ts';
import type { ServeOptions } from '../web/serve.ts';

/** The part of a terminal or pipe that is written to. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The part of a keyboard or pipe that is read from. */
export interface TextSource extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
}

/** Reading packet files needs no engine and no settings. */
export interface PacketTools {
  verify(file: string): Promise<PacketReport>;
  /** Errors: ExchangeError naming why the packet was refused; nothing is left in the folder then. */
  unpack(file: string, destination: string): Promise<PacketHeader>;
}

/** Everything the command line touches, so that a test can run it whole inside its own process. */
export interface CliParts {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: TextSource;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly clock: Clock;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  openEngine(options: { readonly dataDir: string; readonly verbose: boolean }): Promise<Engine>;
  /** Opens the engine in this process and serves it to others. Errors: `busy` when there is one. */
  startEngine(options: {
    readonly dataDir: string;
    readonly verbose: boolean;
    /** In place of what the environment names. */
    readonly vaultKeyFile: string | undefined;
    readonly watch: (message: Message) => void;
  }): Promise<RunningEngine>;
  readonly packetTools: PacketTools;
  readonly services: ServiceWorld;
  /** Ends when the signal fires. */
  serve(options: ServeOptions): Promise<void>;
  runDemo(options: Omit<DemoOptions, 'clock' | 'random'>): Promise<DemoReport>;
}
