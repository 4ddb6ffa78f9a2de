import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { ExchangeError } from '../../shared/errors.ts';
import type { Random } from '../engine/localMachine.ts';
import { answerRequest } from './answerRequest.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import type { OpenLine } from './engineLine.ts';
import { createKeys } from './keys.ts';
import { relayBrowser } from './relayBrowser.ts';

export interface WebHostOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly rendererDir: string;
  readonly openLine: OpenLine;
  readonly random: Random;
  /** The address was used and does not open again: here is the next one. */
  readonly onNewAddress?: (address: string) => void;
}

export interface WebHost {
  /** With the token that opens once. */
  address(): string;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const mostConnections = 200;
const mostMessageBytes = 16 * 1024 * 1024;

/**
 * Serves the window to browsers on this machine, and hands their calls on to the engine.
 *
 * Promise: listens on loopback only; answers nobody who has neither the token nor the cookie, and no page of
 *          another site.
 * Errors:  port-unavailable (fix).
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const keys = createKeys(options.random);
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  server.maxConnections = mostConnections;
  await listen(server, options.port);
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const host = `${loopback}:${port}`;
  const address = () => `http://${host}/?token=${keys.token()}`;
  const doorkeeper = createDoorkeeper(keys, host);

  const { rendererDir } = options;
  const onRedeemed = () => options.onNewAddress?.(address());
  server.on('request', (request, response) => {
    answerRequest({ keys, doorkeeper, rendererDir, host, onRedeemed }, request, response).catch(() =>
      response.destroy(),
    );
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes });
  server.on('upgrade', (request, socket, head) => {
    // Without a listener a broken connection would end the process.
    socket.on('error', () => socket.destroy());
    const allowed = doorkeeper.isMeantForUs(request) && doorkeeper.isFromOurPage(request);
    const status = !allowed ? '403 Forbidden' : !doorkeeper.isKnown(request) ? '401 Unauthorized' : undefined;
    const refusal = status ?? (request.url === `${keys.folder}contract` ? undefined : '404 Not Found');
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (browser) => void relayBrowser(browser, options.openLine));
  });

  return {
    address,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const browser of sockets.clients) browser.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new ExchangeError({
          code: 'port-unavailable',
          class: 'fix',
          message: `Port ${port} cannot be listened on: ${cause.message}.`,
          advice: 'Choose another one with --port, or leave it out to take any free one.',
          cause,
        }),
      ),
    );
    server.listen(port, loopback, resolve);
  });
}
