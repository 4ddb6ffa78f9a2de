import { z } from 'zod';
import { type ServerIdentity, serverIdentitySchema } from './trust.ts';

/**
 * What a failure asks of the reader. Everything above an adapter decides by class alone.
 *
 * - `retry`: passing trouble (connection lost, server busy); the same act may succeed later.
 * - `fix`: a person must change something (wrong password, forbidden rename, invalid setting).
 * - `full`: the server or the local disk has no room.
 * - `trust`: the certificate or host key is not the known one.
 * - `busy`: another process or the server's connection limit is in the way.
 * - `cancelled`: a person or a signal stopped it.
 */
export const errorClasses = ['retry', 'fix', 'full', 'trust', 'busy', 'cancelled'] as const;
export type ErrorClass = (typeof errorClasses)[number];

/** Plain-data form of an error: what crosses the contract, the ledger and `--json`. */
export const errorReportSchema = z.object({
  code: z.string(),
  class: z.enum(errorClasses),
  message: z.string(),
  advice: z.string(),
  /** Class trust: what the server showed, so that a person can decide. */
  untrusted: serverIdentitySchema.optional(),
});
export type ErrorReport = Readonly<z.infer<typeof errorReportSchema>>;

export interface ExchangeErrorInit {
  /** Stable, kebab-case, for scripts and tests: `login-refused`, `connection-lost`, `not-found`. */
  readonly code: string;
  readonly class: ErrorClass;
  /** What happened, in one plain sentence, without secrets. */
  readonly message: string;
  /** What to do next. */
  readonly advice?: string;
  /** The server's own last words (FTP reply), redacted and bounded, where there are any. */
  readonly reply?: string;
  /** Class trust: what the server showed. */
  readonly untrusted?: ServerIdentity | undefined;
  readonly cause?: unknown;
}

/** The one error type that leaves an adapter. A vendor's error is mapped to it once, at the edge. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: string;
  readonly class: ErrorClass;
  readonly advice: string;
  readonly reply: string | undefined;
  readonly untrusted: ServerIdentity | undefined;

  constructor(init: ExchangeErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.class = init.class;
    this.advice = init.advice ?? '';
    this.reply = init.reply;
    this.untrusted = init.untrusted;
  }

  report(): ErrorReport {
    const { code, message, advice, untrusted } = this;
    return { code, class: this.class, message, advice, ...(untrusted === undefined ? {} : { untrusted }) };
  }
}

/** The error of a cancelled act. */
export function cancelledError(what = 'The run was cancelled.'): ExchangeError {
  return new ExchangeError({ code: 'cancelled', class: 'cancelled', message: what });
}

/** Throws the cancelled error when the signal has fired. */
export function throwIfCancelled(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw cancelledError();
}

/** The part of AbortSignal that shared code reads; keeps this folder free of Node and DOM types. */
export interface AbortSignalLike {
  readonly aborted: boolean;
}
