import type { Page } from 'playwright-core';
import { text } from '../../renderer/text/en.ts';

/** Chooses the practice site on the first-run screen, and waits for the practice office. */
export async function startPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: text.firstRun.practiceTitle }).click();
  await page.getByRole('region', { name: text.shell.practiceTitle }).waitFor();
}
