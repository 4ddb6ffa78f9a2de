import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { pageFile, pageHeaders } from '../../shared/page.ts';
import { pageScheme } from './pageAddress.ts';

/** To be called before the app is ready. */
export function registerPageScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the page's files to the window, and nothing else. */
export function servePage(protocol: Pick<Protocol, 'handle'>, rendererDir: string): void {
  protocol.handle(pageScheme, (request) => answerPage(rendererDir, request));
}

async function answerPage(rendererDir: string, request: { method: string; url: string }): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const file = host === 'app' && request.method === 'GET' ? pageFile(pathname) : undefined;
  const body = file && (await readFile(join(rendererDir, ...file.path.split('/'))).catch(() => undefined));
  if (file === undefined || body === undefined) {
    return new Response('There is no such page.', { status: 404, headers: pageHeaders() });
  }
  return new Response(new Uint8Array(body), {
    headers: { ...pageHeaders(), 'Content-Type': file.contentType },
  });
}
