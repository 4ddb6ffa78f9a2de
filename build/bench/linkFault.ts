/** One connection through a link, as faults choose by it. */
export interface LinkConnection {
  readonly channel: 'control' | 'data';
  /** 1 for the first connection of its channel, 2 for the next. */
  readonly index: number;
}

/** `up`: from the client to the server. */
export type LinkDirection = 'up' | 'down';

/**
 * What happens to a connection once `afterBytes` have passed in the direction.
 *
 * - `cut`: both ends see a reset.
 * - `close`: both ends see a polite end.
 * - `half-close`: the receiver sees a polite end; the sender may go on, into the void.
 * - `stall`: nothing passes in either direction any more, as with a pulled cable.
 */
export interface LinkFault {
  readonly kind: 'cut' | 'close' | 'half-close' | 'stall';
  readonly direction: LinkDirection;
  readonly afterBytes: number;
  /** `link`: every open connection suffers the same (a half-close then ends this one only). */
  readonly scope?: 'connection' | 'link';
}

/** Asked once per connection. */
export type LinkFaults = (connection: LinkConnection) => LinkFault | undefined;
