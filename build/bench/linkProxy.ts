import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type AnnouncedPort, createControlRewriter } from './controlRewriter.ts';
import { createLinkCounter, type LinkCounts } from './linkCounts.ts';
import type { LinkConnection, LinkFault, LinkFaults } from './linkFault.ts';
import { connectPair, type LinkPair } from './linkPair.ts';
import { createWire } from './wire.ts';

export interface LinkShape {
  /** Half of it is added in each direction; opening a connection costs one. */
  readonly roundTripMs?: number;
  /** In each direction, shared by all connections. */
  readonly bytesPerSecond?: number;
}

export interface LinkProxyOptions extends LinkShape {
  readonly server: { readonly host: string; readonly port: number };
  readonly faults?: LinkFaults;
  /** Called when a fault has happened. */
  readonly onFault?: (fault: LinkFault) => void;
}

/** A server as it looks from the far end of a line. */
export interface LinkProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  counts(): LinkCounts;
  /** Lets every connection that is open now suffer at once. New ones work. */
  suffer(kind: 'cut' | 'close' | 'stall'): void;
  /** Resets what is left of all connections, as a mended line does to those that one end has given up. */
  clear(): Promise<void>;
  /** Destroys all connections and stops listening. Calling twice is fine. */
  stop(): Promise<void>;
}

/**
 * Puts a line with a round-trip time and a rate between clients and a server on loopback.
 *
 * Shape:   FTP in clear also has its passive data connections led through the line. TLS passes untouched; its
 *          data connections go to the server directly, as those of active mode do. Any other protocol passes.
 * Promise: bytes keep their order and are lost to scripted faults only; no throughput is lost but to the shape.
 */
export async function startLinkProxy(options: LinkProxyOptions): Promise<LinkProxy> {
  const { roundTripMs = 0, bytesPerSecond } = options;
  const wires = {
    up: createWire(roundTripMs / 2, bytesPerSecond),
    down: createWire(roundTripMs / 2, bytesPerSecond),
  };
  const counter = createLinkCounter();
  const pairs = new Set<LinkPair>();
  const listeners = new Set<Server>();
  const made = { control: 0, data: 0 };

  function sufferAll(kind: LinkFault['kind']): void {
    for (const pair of pairs) pair.suffer(kind, 'up');
  }

  function add(channel: LinkConnection['channel'], client: Socket, server: AnnouncedPort): void {
    made[channel] += 1;
    const connection: LinkConnection = { channel, index: made[channel] };
    const fault = options.faults?.(connection);
    const pair: LinkPair = connectPair({
      connection,
      client,
      server,
      wires,
      counter,
      fault,
      // The client's kernel has its connection in no time. On a real line the server would hear of it one and
      // a half round trips after the client began; for a data connection one of them is added to the reply
      // that announced it, because its client goes on as soon as it is connected.
      connectDelayMs: roundTripMs * (channel === 'control' ? 1.5 : 0.5),
      announceDelayMs: roundTripMs,
      rewriter: channel === 'control' ? createControlRewriter(dataOpener()) : undefined,
      onFault: (suffered) => {
        if (suffered.scope === 'link') sufferAll(suffered.kind);
        options.onFault?.(suffered);
      },
    });
    pairs.add(pair);
    void pair.gone.then(() => pairs.delete(pair));
  }

  async function listen(
    onClient: (client: Socket, listener: Server) => void,
  ): Promise<{ readonly port: number; readonly listener: Server }> {
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      onClient(client, listener),
    );
    listeners.add(listener);
    listener.on('close', () => listeners.delete(listener));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('The link has no port.');
    return { port: address.port, listener };
  }

  /** For one control connection: a new announcement takes the place of one that was not used. */
  function dataOpener(): (port: number) => Promise<AnnouncedPort> {
    let unused: Server | undefined;
    return async (port) => {
      unused?.close();
      const own = await listen((client, listener) => {
        listener.close();
        add('data', client, { host: options.server.host, port });
      });
      unused = own.listener;
      return { host: '127.0.0.1', port: own.port };
    };
  }

  const { port } = await listen((client) => add('control', client, options.server));
  return {
    host: '127.0.0.1',
    port,
    counts: () => counter.read(),
    suffer: sufferAll,
    async clear() {
      await Promise.all(
        [...pairs].map((pair) => {
          pair.destroy();
          return pair.gone;
        }),
      );
    },
    async stop() {
      const closed = [...listeners].map((listener) => once(listener, 'close'));
      for (const listener of listeners) listener.close();
      for (const pair of pairs) pair.destroy();
      await Promise.all(closed);
    },
  };
}
