import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { WebProgram } from './spawnProgram.ts';

export interface WindowOptions {
  readonly colorScheme?: 'light' | 'dark';
}

const runsEnded = new WeakMap<Page, number>();

/** How many transmissions this window was told the end of. */
export function runsEndedIn(page: Page): number {
  return runsEnded.get(page) ?? 0;
}

/** How long a condition may take to come true. Only a failing test waits that long. */
const patienceMs = 40_000;

/**
 * Opens the window in a browser profile of its own. At the test's end it must not have met an error that nobody
 * handled, nor anything that its Content-Security-Policy forbids.
 */
export async function openWindow(
  browser: Browser,
  program: WebProgram,
  { colorScheme = 'light' }: WindowOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (payload.includes('"run.ended"')) runsEnded.set(page, runsEndedIn(page) + 1);
    });
  });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Maximum update depth|unique "key"/.test(message.text())) {
      troubles.push(message.text());
    }
  });
  onTestFinished(async () => {
    await context.close();
    expect(troubles).toEqual([]);
  });
  await page.goto(program.address());
  return page;
}
