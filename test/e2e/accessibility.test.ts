import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { windowNames } from '../../renderer/state/place.ts';
import { text } from '../../renderer/text/en.ts';
import { complaints } from './complaints.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { openFtpConfiguration } from './ftpConfiguration.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startPractice } from './practice.ts';
import { startWebProgram, temporaryFolder } from './program.ts';

/** Presses Tab until this has the focus; never a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = target.and(page.locator(':focus'));
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}.`);
}

describeInBrowser('everybody can use the windows', (browser) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test('axe finds nothing on any window of a central office', async () => {
      const page = await openWindow(browser(), await startWebProgram(temporaryFolder()), { colorScheme });
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await complaints(page), 'first run').toEqual([]);

      await startPractice(page);
      await page.getByRole('button', { name: text.transmit.transmit, exact: true }).click();
      await page.getByText(text.transmit.allSent).first().waitFor();
      for (const window of windowNames) {
        await goToWindow(page, window);
        expect(await complaints(page), window).toEqual([]);
      }
      const dialog = await openFtpConfiguration(page);
      await dialog.getByRole('button', { name: text.ftp.advanced }).click();
      await dialog.getByRole('button', { name: text.ftp.selfCheck, exact: true }).click();
      await dialog.getByText(text.ftp.checkGood['self-check']).waitFor();
      expect(await complaints(page), text.ftp.title).toEqual([]);
    });
  });

  test('the FTP Configuration is filled in, tried and saved by keyboard alone', async () => {
    const page = await openWindow(browser(), await startWebProgram(temporaryFolder()));
    await startPractice(page);
    const port = await portOf(page);
    await page.getByRole('heading', { level: 1 }).waitFor();

    await tabTo(page, page.getByRole('link', { name: text.shell.windows.setup }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo(page, page.getByRole('button', { name: text.setup.configureFtp }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: text.ftp.title });
    await dialog.waitFor();

    const box = (name: string) => dialog.getByRole('textbox', { name, exact: true });
    const type = async (name: string, value: string) => {
      await tabTo(page, box(name));
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(value);
    };
    await type(text.ftp.host, 'localhost');
    await type(text.ftp.port, '1');
    const button = (name: string) => dialog.getByRole('button', { name, exact: true });
    await tabTo(page, button(text.ftp.testConnection));
    await page.keyboard.press('Enter');
    await dialog.getByText(text.ftp.checkBad['test-connection']).waitFor();

    await type(text.ftp.port, port);
    await type(text.ftp.host, '127.0.0.1');
    await tabTo(page, dialog.getByRole('switch', { name: text.ftp.passiveMode }));
    await page.keyboard.press('Space');
    await tabTo(page, button(text.ftp.selfCheck));
    await page.keyboard.press('Space');
    await dialog.getByText(text.ftp.checkGood['self-check']).waitFor();
    await tabTo(page, button(text.common.save));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(text.setup.active, { exact: true }).waitFor();

    await tabTo(page, page.getByRole('button', { name: text.setup.configureFtp }));
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});

/** The practice site's port, as the navigation shows it. */
async function portOf(page: Page): Promise<string> {
  const server = await page
    .getByText(/127\.0\.0\.1:\d+/)
    .first()
    .innerText();
  return /127\.0\.0\.1:(\d+)/.exec(server)?.[1] ?? '';
}
