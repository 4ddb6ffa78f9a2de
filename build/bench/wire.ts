/** What waits for its turn on a wire. */
export interface WireSender {
  /**
   * Puts up to `maxBytes` on the wire. `sent` is told how many, and answers when the last of them has left.
   *
   * Shape: true while more is waiting.
   */
  take(maxBytes: number, sent: (bytes: number) => number): boolean;
}

/** One direction of a link, shared by all its connections. Times are `performance.now()` milliseconds. */
export interface Wire {
  /** From the end of sending to arrival. */
  readonly delayMs: number;
  /** What one connection may have on the way, so that the rate can be reached and no more is hoarded. */
  readonly windowBytes: number;
  /** Queues a sender that has something; it takes turns with the others until nothing is left. */
  request(sender: WireSender): void;
}

/** What a sender may send before it is the next one's turn: keeps commands from waiting behind files. */
const turnBytes = 16 * 1024;
/** Enough for 300 MB/s over 50 ms. */
const unlimitedWindowBytes = 16 * 1024 * 1024;
const bufferBytes = 512 * 1024;

/**
 * A wire that carries `bytesPerSecond` (unlimited when undefined) and delays by `delayMs`.
 *
 * Promise: the rate is kept on a clock of its own, so that a late timer costs no throughput.
 */
export function createWire(delayMs: number, bytesPerSecond: number | undefined): Wire {
  const waiting: WireSender[] = [];
  let freeAtMs = 0;
  let timer: NodeJS.Timeout | undefined;

  function serve(): void {
    timer = undefined;
    const now = performance.now();
    const sent = (bytes: number): number => {
      if (bytesPerSecond === undefined) return now;
      freeAtMs += (bytes / bytesPerSecond) * 1000;
      return freeAtMs;
    };
    while (freeAtMs <= now) {
      const sender = waiting.shift();
      if (sender === undefined) return;
      if (sender.take(bytesPerSecond === undefined ? Infinity : turnBytes, sent)) waiting.push(sender);
    }
    if (waiting.length > 0) timer = setTimeout(serve, freeAtMs - now);
  }

  return {
    delayMs,
    windowBytes:
      bytesPerSecond === undefined
        ? unlimitedWindowBytes
        : Math.ceil((bytesPerSecond * delayMs) / 1000) + bufferBytes,
    request(sender) {
      // An idle wire does not save up what it could have carried.
      if (waiting.length === 0 && timer === undefined) freeAtMs = Math.max(freeAtMs, performance.now());
      if (!waiting.includes(sender)) waiting.push(sender);
      if (timer === undefined) serve();
    },
  };
}
