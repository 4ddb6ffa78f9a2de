import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Clock } from '../platform/clock.ts';
import { serveControlConnection } from './controlConnection.ts';
import type { PracticeFaults } from './practiceFault.ts';
import { openRootFolder } from './rootFolder.ts';
import type { SiteFacts } from './session.ts';

export interface PracticeTls {
  readonly cert: string;
  readonly key: string;
  /** The only version that is spoken; 1.2 and 1.3 unless told otherwise. */
  readonly version?: 'TLSv1.2' | 'TLSv1.3';
}

export interface PracticeSiteOptions {
  /** An existing local folder; clients see it as `/` and nothing outside it. */
  readonly root: string;
  /** The only account. */
  readonly username: string;
  readonly password: string;
  readonly clock: Clock;
  /** Where to listen; loopback unless told otherwise. */
  readonly host?: string;
  /** One more is told 421. */
  readonly maxConnections?: number;
  /** A client that neither speaks nor transfers for so long is told 421. */
  readonly idleMs?: number;
  /** Offers AUTH TLS with this certificate and key, in PEM. Clear connections stay allowed. */
  readonly tls?: PracticeTls;
  /** Asked before each command what is to go wrong with it. */
  readonly faults?: PracticeFaults;
}

export interface PracticeSite {
  readonly port: number;
  /** Cuts every connection and stops listening. Calling twice is fine. */
  stop(): Promise<void>;
}

function secureContextOf({ cert, key, version }: PracticeTls): SecureContext {
  return createSecureContext({
    cert,
    key,
    minVersion: version ?? 'TLSv1.2',
    maxVersion: version ?? 'TLSv1.3',
  });
}

/**
 * Starts an ordinary FTP server on a free loopback port, for demonstrations and tests.
 *
 * Promise: a plain RFC 959, 2389, 2428, 3659 and 4217 server; stream mode and file structure only.
 * Source:  RFC 2577 (data connections go to the control connection's peer only).
 */
export async function startPracticeSite(options: PracticeSiteOptions): Promise<PracticeSite> {
  const { host = '127.0.0.1', maxConnections = 50, idleMs = 300_000, clock, faults } = options;
  const site: SiteFacts = {
    root: await openRootFolder(options.root),
    username: options.username,
    password: options.password,
    secureContext: options.tls === undefined ? undefined : secureContextOf(options.tls),
    clock,
  };
  const open = new Set<Socket>();
  let connections = 0;

  const server = createServer({ noDelay: true }, (control) => {
    if (open.size >= maxConnections) {
      control.on('error', () => undefined);
      control.write('421 Too many connections, try again later.\r\n');
      control.destroySoon();
      return;
    }
    connections += 1;
    open.add(control);
    control.on('close', () => open.delete(control));
    serveControlConnection({ site, control, connection: connections, idleMs, faults });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The practice site has no port.');

  return {
    port: address.port,
    async stop() {
      const closed = server.listening ? once(server, 'close') : Promise.resolve();
      server.close();
      for (const control of open) control.destroy();
      await closed;
    },
  };
}
