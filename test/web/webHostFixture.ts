import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { systemRandom } from '../../electron/platform/random.ts';
import type { LineEnd, OpenLine } from '../../electron/web/engineLine.ts';
import { startWebHost } from '../../electron/web/webHost.ts';

/** An engine that answers every message with itself, and remembers its lines. */
class EchoEngine {
  readonly ends: LineEnd[] = [];
  readonly heard: string[] = [];
  closed = 0;
  away = false;

  readonly openLine: OpenLine = async (end) => {
    if (this.away) throw new Error('away');
    this.ends.push(end);
    return {
      send: (text) => {
        this.heard.push(text);
        end.onMessage(`echo ${text}`);
      },
      close: () => {
        this.closed += 1;
      },
    };
  };
}

export async function startHost(port = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const rendererDir = join(folder, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>the page');
  writeFileSync(join(rendererDir, 'assets/index-abc.js'), 'the script');
  writeFileSync(join(folder, 'secret.html'), 'a secret');
  const engine = new EchoEngine();
  const addresses: string[] = [];
  const host = await startWebHost({
    port,
    rendererDir,
    openLine: engine.openLine,
    random: systemRandom,
    onNewAddress: (address) => addresses.push(address),
  });
  onTestFinished(() => host.close());
  const { port: taken, origin } = new URL(host.address());
  return { host, engine, addresses, port: Number(taken), origin };
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as it is written: nothing is normalised, added or followed. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {} }: Asked = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

/** A browser that has opened an address: its cookie, and the folder that the page stands in. */
export interface Entered {
  readonly cookie: string;
  readonly folder: string;
}

export async function enter(address: string): Promise<Entered> {
  const { port, pathname, search } = new URL(address);
  const reply = await ask(Number(port), `${pathname}${search}`);
  if (reply.status !== 303) throw new Error(`The address was answered with ${reply.status}.`);
  const cookie = (reply.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  return { cookie, folder: String(reply.headers['location']) };
}

/** Opens a WebSocket; the status of the refusal, or the open socket. */
export function dial(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
    onTestFinished(() => socket.terminate());
  });
}

/** Opens the contract's WebSocket as the page does. */
export async function dialOpen(origin: string, { cookie, folder }: Entered): Promise<WebSocket> {
  const socket = await dial(Number(new URL(origin).port), `${folder}contract`, { cookie, origin });
  if (typeof socket === 'number') throw new Error(`The WebSocket was refused with ${socket}.`);
  return socket;
}

export function nextMessage(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => socket.once('message', (data) => resolve(data.toString())));
}

export function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', (code) => resolve(code)));
}
