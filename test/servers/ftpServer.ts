/**
 * How a server takes TLS. `explicit`: offered by AUTH TLS. `required`: both channels must use it and, where the
 * server can ask for it, a data connection must resume the control connection's session. `implicit`: TLS first.
 */
export type ServerTls = 'off' | 'explicit' | 'required' | 'implicit';

export interface FtpServerOptions {
  readonly tls?: ServerTls;
  /** The only version that the server speaks; both when undefined. */
  readonly tlsVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined;
  readonly maxClients?: number;
  /** Commands that are refused, in upper case, where the server can be told to (Pure-FTPd cannot). */
  readonly refusedCommands?: readonly string[];
}

/** Observed behaviour that tests may rely on, instead of asking which server it is. */
export interface FtpServerTraits {
  readonly exactListings: boolean;
  /** RNTO onto an existing file replaces it. */
  readonly renameReplaces: boolean;
  /** A file whose upload broke off can be continued. */
  readonly resumesUploads: boolean;
  readonly hidesDotNames: boolean;
}

/** A running server with one account, on loopback only. */
export interface FtpServer {
  readonly name: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** The account's home directory, for looking at what really arrived. */
  readonly homeOnDisk: string;
  /** PEM file of the self-signed certificate, also where TLS is off. */
  readonly certificateFile: string;
  /** Upper-case hex pairs joined by `:`. */
  readonly fingerprintSha256: string;
  readonly traits: FtpServerTraits;
  /** Ends the server and all its sessions, then removes its folder. Calling twice is fine. */
  stop(): Promise<void>;
}

/** A server that a test can take away and bring back. */
export interface PausableServer extends FtpServer {
  /** Ends the server and all its sessions; what it holds stays, and nobody else gets its port. */
  pause(): Promise<void>;
  /** Starts it again on the same port. */
  resume(): Promise<void>;
}
