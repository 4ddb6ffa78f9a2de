import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type PageFile, pageFile, pageHeaders } from '../../shared/page.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import type { Keys } from './keys.ts';

interface Parts {
  readonly keys: Keys;
  readonly doorkeeper: Doorkeeper;
  /** The folder of the built page. */
  readonly rendererDir: string;
  /** `127.0.0.1:4711`. */
  readonly host: string;
  /** A token was used: there is a new address. */
  readonly onRedeemed: () => void;
}

/** Answers one HTTP request: the page's files to browsers that are known, a cookie for a token, a refusal else. */
export async function answerRequest(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { keys, doorkeeper } = parts;
  const refuse = (status: number, words: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${words}\n`);
  };
  // Safari does not count a WebSocket of the same origin as 'self'.
  for (const [name, value] of Object.entries(pageHeaders(`ws://${parts.host}`)))
    response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');

  if (!doorkeeper.isMeantForUs(request)) return refuse(403, 'This address is not served here.');
  if (request.method !== 'GET') {
    response.setHeader('Allow', 'GET');
    return refuse(405, 'Only GET is answered.');
  }
  const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
  const token = path === '/' ? new URLSearchParams(query).get('token') : null;
  if (token !== null) {
    const session = keys.redeem(token);
    if (session !== undefined) {
      // The token leaves the address bar and the history with it.
      response.writeHead(303, { Location: keys.folder, 'Set-Cookie': doorkeeper.cookie(session) });
      response.end();
      parts.onRedeemed();
      return;
    }
  }
  if (!doorkeeper.isKnown(request)) {
    return refuse(
      401,
      'Branchline does not know this browser. An address opens once: take the newest one that was printed where Branchline was started.',
    );
  }
  const file = path.startsWith(keys.folder) ? pageFile(path.slice(keys.folder.length - 1)) : undefined;
  if (file === undefined || !(await sendFile(parts.rendererDir, file, response))) {
    refuse(404, 'There is no such page.');
  }
}

async function sendFile(folder: string, file: PageFile, response: ServerResponse): Promise<boolean> {
  const handle = await open(join(folder, ...file.path.split('/'))).catch(() => undefined);
  if (handle === undefined) return false;
  const { size, isFile } = await handle
    .stat()
    .then((found) => ({ size: found.size, isFile: found.isFile() }));
  if (!isFile) {
    await handle.close();
    return false;
  }
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': size });
  const stream = createReadStream('', { fd: handle });
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
  return true;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
