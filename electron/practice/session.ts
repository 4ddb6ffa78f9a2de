import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../platform/clock.ts';
import type { DataChannel } from './dataChannel.ts';
import type { PracticeFault } from './practiceFault.ts';
import type { RootFolder } from './rootFolder.ts';

/** What all sessions of a site share. */
export interface SiteFacts {
  readonly root: RootFolder;
  readonly username: string;
  readonly password: string;
  readonly secureContext: SecureContext | undefined;
  readonly clock: Clock;
}

/** What one client has said so far. */
export interface Session {
  readonly site: SiteFacts;
  readonly connection: number;
  control: Socket;
  data: DataChannel;
  username: string | undefined;
  loggedIn: boolean;
  failedLogins: number;
  /** The client's working folder, absolute. */
  folder: string;
  /** From REST; only the next transfer starts there. */
  restartAt: number;
  /** The client's path from RNFR; only the next command may be RNTO. */
  renameFrom: string | undefined;
  protectData: boolean;
  /** EPSV ALL was sent: no other way to a data connection is taken. */
  onlyEpsv: boolean;
  /** What is to go wrong with the command under way. */
  fault: PracticeFault | undefined;
  /** Set by AUTH: the control connection is secured once the reply is out. */
  securing: boolean;
  /** Set by QUIT and by the last refused log-in: the control connection ends once the reply is out. */
  ending: boolean;
  transferring: boolean;
  /** ABOR came while a transfer was under way. */
  aborted: boolean;
  /** Sends one line, or several of one reply. */
  send(reply: string): void;
  /** When the client last said or moved something; for the idle time-out. */
  lastActiveMs: number;
  /** Tells the idle time-out that the client is alive. */
  touch(): void;
}

/**
 * Carries one command out.
 *
 * Shape:  resolves with the final reply, code first.
 * Errors: FtpReply, or a file system error.
 */
export type CommandHandler = (session: Session, argument: string) => Promise<string> | string;
