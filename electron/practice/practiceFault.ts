/** One command as a client sent it. */
export interface PracticeCommand {
  /** Upper case: `STOR`. */
  readonly verb: string;
  /** As sent; for PASS it is the password. */
  readonly argument: string;
  /** 1 for the first control connection the site took, 2 for the next. */
  readonly connection: number;
}

/**
 * What the site does wrong to one command.
 *
 * - `reply`: answers this instead of acting.
 * - `drop-control`: closes the control connection without acting.
 * - `lose-reply`: acts, then closes the control connection instead of answering.
 * - `drop-data`: resets the data connection after that many bytes; then answers `reply` (426 unless given).
 * - `stall-data`: moves that many bytes and no more, until the client gives up.
 * - `delay`: waits on the clock, then acts honestly.
 */
export type PracticeFault =
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'drop-control' }
  | { readonly kind: 'lose-reply' }
  | { readonly kind: 'drop-data'; readonly afterBytes: number; readonly reply?: string }
  | { readonly kind: 'stall-data'; readonly afterBytes: number }
  | { readonly kind: 'delay'; readonly ms: number };

/** Asked before each command; undefined lets the site act honestly. */
export type PracticeFaults = (command: PracticeCommand) => PracticeFault | undefined;
