import type { Readable } from 'node:stream';

/** One entry of a remote folder. */
export interface RemoteEntry {
  /** Last path part. Never empty, `.` or `..`, and never with `/`, `\`, CR, LF or NUL. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Undefined where the server does not tell (and for folders). */
  readonly sizeBytes: number | undefined;
  /** Epoch milliseconds, UTC, as the server claims; often only to the minute. Undefined where unknown. */
  readonly modifiedMs: number | undefined;
}

/** What an upload reads from. `open` is called once per attempt and starts at `offset` bytes. */
export interface UploadSource {
  readonly sizeBytes: number;
  open(offset: number): Readable;
}

/** What a download writes to. A chunk is handed on only after the promise of the one before resolved. */
export interface DownloadSink {
  write(chunk: Buffer): Promise<void>;
}

export interface CallOptions {
  /** Cancels the call: it rejects with class `cancelled`; the connection may be unusable afterwards. */
  readonly signal?: AbortSignal | undefined;
}

export interface TransferOptions extends CallOptions {
  /** Called with the bytes that moved since the last call, at least once a second while data flows. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * Where servers differ, asked as traits, never as a server's name. A trait is what was observed or
 * advertised on this connection.
 */
export interface TransportTraits {
  /** An interrupted upload can be continued at its remote size (APPE or REST). */
  readonly resumesUploads: boolean;
  readonly resumesDownloads: boolean;
  /** A rename onto an existing file replaces it; otherwise it fails with `exists`. Undefined: not known yet. */
  readonly renameReplaces: boolean | undefined;
  /** Folder listings carry exact sizes and UTC times (MLSD). */
  readonly exactListings: boolean;
}

/**
 * One logged-in connection to a home directory (or a folder, or memory).
 *
 * Shape:   every path is relative to the home directory, `/` between parts, never absolute, never with `..`,
 *          control characters or backslashes; anything else is refused with code `bad-path` before it is sent.
 *          '' is the home directory itself.
 * Units:   bytes; epoch milliseconds, UTC.
 * Promise: one call at a time (a second concurrent call waits its turn). A failed call leaves the connection
 *          usable unless `closed` is true. Listings and replies are bounded. No call returns before the server
 *          has confirmed the act, and no success is reported that the server did not confirm.
 * Errors:  always ExchangeError. Codes used by callers: `not-found` (fix), `exists` (fix), `forbidden` (fix),
 *          `no-room` (full), `connection-lost` (retry), `timed-out` (retry), `too-many-connections` (busy),
 *          `login-refused` (fix), `needs-person` (fix: the server asks what only a person can answer),
 *          `cannot-connect` (retry), `untrusted` (trust), `bad-path` (fix),
 *          `bad-reply` (retry: the server said something unparseable), `size-mismatch` (retry), `cancelled`.
 */
export interface Transport {
  readonly traits: TransportTraits;
  /** True once the connection is gone; every later call rejects with `connection-lost`. */
  readonly closed: boolean;

  /**
   * The entries of a folder in no order. A missing folder is an empty list where the server cannot tell the
   * difference, otherwise `not-found`.
   *
   * Promise: bounded (100,000 entries, names of 1,000 characters): beyond it `bad-reply`. Entries with
   *          impossible names are left out. What a server hides (dot-names on vsftpd) is not listed.
   */
  list(folder: string, options?: CallOptions): Promise<RemoteEntry[]>;

  /**
   * A file's size, or undefined when there is no such file. A server that answers 550 to both a missing and a
   * forbidden file makes both undefined. Folders are undefined, too.
   */
  fileSize(path: string, options?: CallOptions): Promise<number | undefined>;

  /**
   * Writes a file, from `offset` on (0: replaces or creates).
   *
   * Promise: resolves only when the remote size equals `source.sizeBytes`. The file is visible under `path`
   *          while incomplete: publish by `rename`. With offset > 0 the remote file must be exactly that
   *          long (`size-mismatch` otherwise), and the trait `resumesUploads` must be true.
   *          A failed upload may leave any prefix behind.
   * Errors:  no-room (full), not-found (the folder is missing), forbidden, connection-lost, timed-out.
   */
  upload(
    path: string,
    source: UploadSource,
    options?: TransferOptions & { readonly offset?: number },
  ): Promise<void>;

  /**
   * Reads a file from `offset` on into the sink, in order, and resolves with the number of bytes delivered
   * after the sink took the last chunk.
   *
   * Promise: with `expectedBytes` (of the whole file) a shorter or longer file is `size-mismatch`.
   *          Bytes already handed to the sink stay handed when the call fails.
   * Errors:  not-found, forbidden, connection-lost, timed-out; what the sink throws passes through unchanged.
   */
  download(
    path: string,
    sink: DownloadSink,
    options?: TransferOptions & { readonly offset?: number; readonly expectedBytes?: number },
  ): Promise<number>;

  /**
   * Moves a file, atomically for observers, also across folders.
   *
   * Promise: whether an existing target is replaced differs by server; callers use names that do not exist.
   * Errors:  not-found (source gone), exists (target exists and is kept), forbidden; `rename-refused` (fix)
   *          where the server's reply does not say which. After connection-lost it may have happened: look.
   */
  rename(from: string, to: string, options?: CallOptions): Promise<void>;

  /** Deletes a file. True when it was there; false when it was already gone (never an error). */
  remove(path: string, options?: CallOptions): Promise<boolean>;

  /** Makes a folder and its parents. An existing one is fine. */
  makeFolder(folder: string, options?: CallOptions): Promise<void>;

  /** Removes an empty folder. True when it was there. */
  removeFolder(folder: string, options?: CallOptions): Promise<boolean>;

  /** The modified time that the server keeps for a file, epoch ms UTC, where it can tell (MDTM). */
  modifiedTime(path: string, options?: CallOptions): Promise<number | undefined>;

  /** Bytes that can still be stored here. Left out, or undefined, where the server does not tell. */
  freeBytes?(options?: CallOptions): Promise<number | undefined>;

  /** Closes the connection politely where possible. Never throws; calling twice is fine. */
  close(): Promise<void>;
}

/** A step of opening a connection, as Test Connection shows it. */
export type ConnectStepName = 'resolve' | 'connect' | 'greeting' | 'tls' | 'host-key' | 'login' | 'home';

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Upper-case hex pairs joined by `:`. */
  readonly fingerprintSha256: string;
}

/** An SSH host key as people compare it. */
export interface HostKeyFacts {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`. */
  readonly type: string;
  /** As OpenSSH writes it: `SHA256:` and unpadded base64. */
  readonly fingerprint: string;
}

export interface ConnectStep {
  readonly name: ConnectStepName;
  readonly ok: boolean;
  readonly durationMs: number;
  /** In plain words: the address, the greeting's text, the TLS version and cipher. Redacted, bounded. */
  readonly detail: string;
  readonly certificate?: CertificateFacts;
  readonly hostKey?: HostKeyFacts;
}

/** Opens connections. One object per configured server; cheap to make, connects lazily. */
export interface TransportFactory {
  /** For messages: `ftp://user@host:21/home`, never with a password. */
  readonly label: string;
  /**
   * Opens one connection, logs in and enters the home directory.
   *
   * Errors: cannot-connect (retry), timed-out (retry), login-refused (fix), too-many-connections (busy),
   *         untrusted (trust), home-not-found (fix), tls-failed (fix), needs-person (fix), cancelled.
   */
  open(options?: CallOptions & { readonly onStep?: (step: ConnectStep) => void }): Promise<Transport>;
}

/**
 * Several connections to one server, opened as needed and kept for reuse.
 *
 * Promise: at most `limit` at once; when the server refuses one more (`too-many-connections`) while at least
 *          one is open, the limit shrinks to what is open and the work waits. A closed or failed connection
 *          is replaced by a new one for the next use, never silently for the same call.
 */
export interface TransportPool {
  /** How many connections may be open now. */
  readonly limit: number;
  /** Runs `work` with a connection of its own; the connection goes back to the pool afterwards. */
  use<T>(work: (transport: Transport) => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): Promise<void>;
}
