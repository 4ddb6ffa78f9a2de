import type { LinkConnection, LinkDirection } from './linkFault.ts';

/** What went through one channel of a link since it was made. */
export interface ChannelCounts {
  connections: number;
  bytesUp: number;
  bytesDown: number;
}

export interface LinkCounts {
  readonly control: Readonly<ChannelCounts>;
  readonly data: Readonly<ChannelCounts>;
  /** How often a client spoke on a control connection after the server had: the round trips it waited for. */
  readonly controlTurns: number;
}

/** Keeps count for one link. */
export interface LinkCounter {
  connection(connection: LinkConnection): void;
  bytes(connection: LinkConnection, direction: LinkDirection, count: number): void;
  /** A copy that does not change any more. */
  read(): LinkCounts;
}

export function createLinkCounter(): LinkCounter {
  const channels = {
    control: { connections: 0, bytesUp: 0, bytesDown: 0 },
    data: { connections: 0, bytesUp: 0, bytesDown: 0 },
  };
  const lastSpoke = new Map<number, LinkDirection>();
  let controlTurns = 0;
  return {
    connection({ channel }) {
      channels[channel].connections += 1;
    },
    bytes({ channel, index }, direction, count) {
      channels[channel][direction === 'up' ? 'bytesUp' : 'bytesDown'] += count;
      if (channel === 'data') return;
      if (direction === 'up' && lastSpoke.get(index) === 'down') controlTurns += 1;
      lastSpoke.set(index, direction);
    },
    read: () => structuredClone({ ...channels, controlTurns }),
  };
}
