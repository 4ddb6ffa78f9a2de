import type { BenchFiles } from './benchFiles.ts';
import type { Measured } from './measureProcess.ts';

/** The server as a client is to reach it: directly or through a line. */
export interface BenchServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export interface Trial {
  readonly server: BenchServer;
  readonly files: BenchFiles;
  /** A folder in the account's home, there already and used by nobody else. */
  readonly remoteFolder: string;
  /** A local folder, there already and empty, for this trial alone. */
  readonly scratch: string;
}

/** A trial that is set up, its measured part still to come. */
export interface ReadyTrial {
  send(): Promise<Measured>;
  receive(): Promise<Measured>;
  /** Where the received files lie; known once they are there. */
  receivedIn(): Promise<string>;
}

/** A client in the bench, with one way of using it. */
export interface Contestant {
  readonly name: string;
  /** How it is used, such as `8 connections`. */
  readonly way: string;
  prepare(trial: Trial): Promise<ReadyTrial>;
}
