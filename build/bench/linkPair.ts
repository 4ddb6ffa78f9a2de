import { connect, type Socket } from 'node:net';
import type { ControlRewriter } from './controlRewriter.ts';
import { createDelayLine, type DelayLine } from './delayLine.ts';
import type { LinkCounter } from './linkCounts.ts';
import type { LinkConnection, LinkDirection, LinkFault } from './linkFault.ts';
import type { Wire } from './wire.ts';

/** A client's connection to the link and the one to the server that belongs to it. */
export interface LinkPair {
  /** Resolves when both connections are closed. */
  readonly gone: Promise<void>;
  /** Lets the pair suffer a fault now. */
  suffer(kind: LinkFault['kind'], direction: LinkDirection): void;
  /** Resets both connections at once, also after a stall; what is on the way is lost. */
  destroy(): void;
}

export interface LinkPairOptions {
  readonly connection: LinkConnection;
  readonly client: Socket;
  readonly server: { readonly host: string; readonly port: number };
  readonly wires: { readonly up: Wire; readonly down: Wire };
  /** How long after the client the server gets to know of the connection. */
  readonly connectDelayMs: number;
  /** What an announced data connection costs for being opened: the kernel here accepts it in no time. */
  readonly announceDelayMs: number;
  readonly rewriter: ControlRewriter | undefined;
  readonly counter: LinkCounter;
  readonly fault: LinkFault | undefined;
  readonly onFault: (fault: LinkFault) => void;
}

export function connectPair(options: LinkPairOptions): LinkPair {
  const { client, connection, counter, fault, wires } = options;
  const up = createDelayLine(wires.up, () => client.resume());
  const down = createDelayLine(wires.down, () => server?.resume());
  const lines: Record<LinkDirection, DelayLine> = { up, down };
  const passed: Record<LinkDirection, number> = { up: 0, down: 0 };
  const silent: Record<LinkDirection, boolean> = { up: false, down: false };
  let server: Socket | undefined;
  const gone = Promise.withResolvers<void>();
  let faultDone = false;
  // Keeps what the server says in order while a place for its data connection is made.
  let spoken = Promise.resolve();

  function suffer(kind: LinkFault['kind'], direction: LinkDirection): void {
    silent[direction] = true;
    if (kind === 'half-close') {
      lines[direction].end();
      return;
    }
    silent.up = silent.down = true;
    for (const line of [up, down]) {
      if (kind === 'cut') line.reset();
      else if (kind === 'close') line.end();
      else line.freeze();
    }
    if (kind === 'stall') {
      // Read no more, so that the senders' buffers fill up as they do when nobody acknowledges.
      client.pause();
      server?.pause();
    }
  }

  /** What of a chunk still passes before the fault, if one is due. */
  function gate(direction: LinkDirection, chunk: Buffer): Buffer {
    if (silent[direction]) return chunk.subarray(0, 0);
    if (fault === undefined || faultDone || fault.direction !== direction) return chunk;
    return chunk.subarray(0, fault.afterBytes - passed[direction]);
  }

  function pass(direction: LinkDirection, chunk: Buffer, extraMs = 0): void {
    const through = gate(direction, chunk);
    passed[direction] += through.length;
    if (through.length > 0) {
      counter.bytes(connection, direction, through.length);
      lines[direction].push(through, extraMs);
    }
    checkFault();
  }

  function checkFault(): void {
    if (fault === undefined || faultDone || passed[fault.direction] < fault.afterBytes) return;
    faultDone = true;
    suffer(fault.kind, fault.direction);
    options.onFault(fault);
  }

  async function speak(chunk: Buffer): Promise<void> {
    if (options.rewriter === undefined) {
      pass('down', chunk);
      return;
    }
    const { bytes, announced } = await options.rewriter.rewrite(chunk);
    pass('down', bytes, announced ? options.announceDelayMs : 0);
  }

  function take(direction: LinkDirection, source: Socket, chunk: Buffer): void {
    if (direction === 'up') pass('up', chunk);
    else if (options.rewriter === undefined) pass('down', chunk);
    else spoken = spoken.then(() => speak(chunk));
    if (lines[direction].full) source.pause();
  }

  function listen(direction: LinkDirection, source: Socket): void {
    const forward = (act: (line: DelayLine) => void): void => {
      spoken = spoken.then(() => {
        if (!silent[direction]) act(lines[direction]);
      });
    };
    source.on('data', (chunk: Buffer) => take(direction, source, chunk));
    source.on('end', () => forward((line) => line.end()));
    source.on('error', () => forward((line) => line.reset()));
    source.on('close', () => {
      if (client.destroyed && (server === undefined || server.destroyed)) gone.resolve();
    });
  }

  function reachServer(): void {
    if (client.destroyed) return;
    server = connect({ ...options.server, allowHalfOpen: true, noDelay: true });
    listen('down', server);
    up.attach(server);
  }

  counter.connection(connection);
  listen('up', client);
  down.attach(client);
  const timer = options.connectDelayMs > 0 ? setTimeout(reachServer, options.connectDelayMs) : undefined;
  if (timer === undefined) reachServer();
  checkFault();

  return {
    gone: gone.promise,
    suffer,
    destroy() {
      clearTimeout(timer);
      up.freeze();
      down.freeze();
      client.resetAndDestroy();
      server?.resetAndDestroy();
    },
  };
}
