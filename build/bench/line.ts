import type { FtpServer } from '../../test/servers/ftpServer.ts';
import type { LinkShape } from './linkProxy.ts';
import { startLinkProxyProcess } from './linkProxyProcess.ts';

/** The way from the clients to the server. */
export interface Line {
  readonly title: string;
  readonly host: string;
  readonly port: number;
  /** Turns of direction on all control connections so far; undefined where nobody counts. */
  roundTrips(): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** No line at all: the clients reach the server directly. */
export function bareLoopback(server: FtpServer): Line {
  return {
    title: 'bare loopback',
    host: server.host,
    port: server.port,
    roundTrips: async () => undefined,
    stop: async () => undefined,
  };
}

/** A line in a process of its own. */
export async function startLine(title: string, server: FtpServer, shape: LinkShape): Promise<Line> {
  const { host, port } = server;
  const link = await startLinkProxyProcess({ server: { host, port }, ...shape });
  return {
    title,
    host: link.host,
    port: link.port,
    roundTrips: async () => (await link.counts()).controlTurns,
    stop: () => link.stop(),
  };
}
