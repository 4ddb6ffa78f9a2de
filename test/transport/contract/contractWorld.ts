import type { ConnectStepName, TransportFactory } from '../../../electron/transport/transport.ts';

/** What an adapter talks to, seen from both sides. Paths are relative to the home directory. */
export interface ContractWorld {
  readonly factory: TransportFactory;
  /** A file as the server has it, seen without the adapter; undefined when it is not there. */
  read(path: string): Promise<Buffer | undefined>;
  /** Puts a file there without the adapter, into a folder that exists. */
  put(path: string, content: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Where servers differ, and which of several right answers each gives. Never a server's name: the suite asks
 * these only.
 */
export interface ContractExpectations {
  /** The steps of opening a connection, in order. */
  readonly steps: readonly ConnectStepName[];
  readonly exactListings: boolean;
  readonly renameReplaces: boolean;
  readonly resumesUploads: boolean;
  /** Names that begin with a dot are not listed. */
  readonly hidesDotNames: boolean;
  /** Codes that listing a missing folder may end in; none where it is an empty list. */
  readonly missingFolderCodes: readonly string[];
  /** Codes that a rename of a missing file may end in. */
  readonly missingSourceCodes: readonly string[];
  /** Codes that a rename onto a file that is kept may end in. */
  readonly keptTargetCodes: readonly string[];
}

/** The answers of a server that tells everything it can. */
export const fullExpectations: ContractExpectations = {
  steps: ['resolve', 'connect', 'greeting', 'login', 'home'],
  exactListings: true,
  renameReplaces: true,
  resumesUploads: true,
  hidesDotNames: false,
  missingFolderCodes: ['not-found'],
  missingSourceCodes: ['not-found'],
  keptTargetCodes: ['exists'],
};
