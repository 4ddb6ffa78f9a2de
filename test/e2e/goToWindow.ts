import type { Page } from 'playwright-core';
import { text } from '../../renderer/text/en.ts';

/** Opens a window by the navigation, and waits until it shows what it knows. */
export async function goToWindow(page: Page, window: keyof typeof text.shell.windows): Promise<void> {
  const link = page
    .getByRole('navigation', { name: text.shell.navigation })
    .getByRole('link', { name: text.shell.windows[window] });
  await link.click();
  await link.and(page.locator('[aria-current="page"]')).waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('status', { name: text.common.loading }).waitFor({ state: 'detached' });
}
