import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { goToWindow } from './goToWindow.ts';
import { runsEndedIn } from './openWindow.ts';

export function transmitButton(page: Page) {
  return page.getByRole('button', { name: text.transmit.transmit, exact: true });
}

export async function openTransmit(page: Page): Promise<void> {
  await goToWindow(page, 'transmit');
}

/** Goes home, transmits, and waits until this transmission has ended; it may be too quick to be seen. */
export async function transmitAndWait(page: Page): Promise<void> {
  await openTransmit(page);
  const before = runsEndedIn(page);
  await transmitButton(page).click();
  await expect.poll(() => runsEndedIn(page), { timeout: 30_000 }).toBeGreaterThan(before);
  await transmitButton(page).waitFor();
}

/** Waits until the progress bar has come at least so far. */
export async function waitForProgress(page: Page, percent: number): Promise<void> {
  const bar = page.getByRole('progressbar', { name: text.transmit.progressLabel });
  await expect
    .poll(
      async () => {
        const words = (await bar.count()) === 0 ? null : await bar.getAttribute('aria-valuetext');
        return Number(/(\d+) %/.exec(words ?? '')?.[1] ?? 0);
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(percent);
}
