import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { ControlConnection } from './controlConnection.ts';
import type { ServerFeatures } from './serverFeatures.ts';
import type { TlsChannel } from './tlsChannel.ts';

/**
 * What was learned about a server, shared by all connections to it, so that only the first one pays for the
 * asking. Everything in it may be wrong for the next connection: it decides what is tried first, nothing else.
 */
export interface ServerKnowledge {
  features: { readonly value: ServerFeatures; readonly atMs: number } | undefined;
  /** The passive command that led to a working data connection. */
  passive: 'EPSV' | 'PASV' | undefined;
  listsExactly: boolean | undefined;
  utf8Refused: boolean;
  appendRefused: boolean;
  resumesUploads: boolean;
  resumesDownloads: boolean | undefined;
  renameReplaces: boolean | undefined;
}

export function nothingKnown(): ServerKnowledge {
  return {
    features: undefined,
    passive: undefined,
    listsExactly: undefined,
    utf8Refused: false,
    appendRefused: false,
    resumesUploads: true,
    resumesDownloads: undefined,
    renameReplaces: undefined,
  };
}

/** One logged-in connection, as the verbs use it. */
export interface FtpSession {
  readonly ftp: FtpConfiguration;
  readonly clock: Clock;
  readonly random: Random;
  readonly control: ControlConnection;
  readonly tls: TlsChannel | undefined;
  readonly knowledge: ServerKnowledge;
  readonly features: ServerFeatures;
  /** TYPE I was accepted. */
  binary: boolean;
  /** OPTS UTF8 ON was sent. */
  utf8Asked: boolean;
  /** The home directory as PWD tells it, once asked. */
  homePath: string | undefined;
}
