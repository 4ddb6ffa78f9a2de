import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between the sites and the server, so that connections can die without either side ending them. */
export interface ControlRelay {
  readonly port: number;
  /** Breaks every connection that is open now. Returns how many there were. */
  breakAll(): number;
  stop(): Promise<void>;
}

/** Relays control connections. Data connections go past it: the server announces only their port. */
export async function startControlRelay(serverPort: number): Promise<ControlRelay> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const relay = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => {});
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
      one.pipe(other);
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const breakAll = () => {
    const count = pairs.size;
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    return count;
  };
  return {
    // A listening TCP server has an address and a port.
    port: (relay.address() as AddressInfo).port,
    breakAll,
    async stop() {
      const closed = once(relay, 'close');
      relay.close();
      breakAll();
      await closed;
    },
  };
}
