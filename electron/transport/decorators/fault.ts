import type { RemoteEntry } from '../transport.ts';
import type { TransportMethod } from './decoratedTransport.ts';

/**
 * When a fault strikes: `before` the act (nothing happened), `after` it (the act is done, its reply is lost),
 * or in mid-transfer once so many bytes moved (with other calls: `before`; in a shorter transfer: `after`).
 */
export type FaultMoment = 'before' | 'after' | { readonly afterBytes: number };

export type Fault =
  /** The call rejects with `error`; `closes` also drops the connection. */
  | {
      readonly kind: 'fail';
      readonly when: FaultMoment;
      readonly error: Error;
      readonly closes?: boolean;
    }
  /** As if the program were killed: this call and every later one, on every connection, throws `error`. */
  | { readonly kind: 'crash'; readonly when: FaultMoment; readonly error: Error }
  /** One byte of the transfer is flipped: the one at `atByte`, counted round the transfer's length. */
  | { readonly kind: 'corrupt'; readonly atByte: number }
  /** The file is cut short without an error of the connection; its size tells. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** A listing comes with every entry twice, in reverse, or as the function makes it. */
  | {
      readonly kind: 'listing';
      readonly change: 'duplicate' | 'reverse' | ((entries: readonly RemoteEntry[]) => RemoteEntry[]);
    };

/** A call about to be made, as a fault script sees it. */
export interface FaultCall {
  readonly method: TransportMethod | 'open';
  /** '' for `open`. */
  readonly path: string;
  /** A rename's target. */
  readonly to?: string;
  /** Counts the calls of this method with this path, from 1. */
  readonly nth: number;
  /** Counts all calls, from 1. */
  readonly sequence: number;
}

/** One line of a fault script. What is left out matches anything. */
export interface FaultRule {
  readonly method?: FaultCall['method'];
  readonly path?: string | RegExp;
  readonly nth?: number;
  readonly fault: Fault;
}
