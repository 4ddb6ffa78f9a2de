import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { curlUpload } from '../dropFolders/partner.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';

const header = 'vehicle,term,mileage,payment_profile,rate';
const words = text.imports;

/** A rate book in which one row has a term of 25 months. */
function book(rate: string, rows = 3): Buffer {
  const good = Array.from({ length: rows }, (_, index) => `V${index},24,10000,monthly,${rate}`);
  return Buffer.from(`${header}\n${good.join('\n')}\nW,25,10000,monthly,1.00\n`);
}

/** Chooses a file in the dialog of this mode, from the channel's menu, and waits for the report. */
async function bring(
  page: Page,
  mode: 'real' | 'test' | 'preview',
  name: string,
  content: Buffer,
): Promise<void> {
  const items = { real: words.importFile, test: words.testFile, preview: words.previewFile };
  await page.getByRole('button', { name: words.actionsOf('rates') }).click();
  await page.getByRole('menuitem', { name: items[mode] }).click();
  const dialog = page.getByRole('dialog', { name: words.dialog[mode] });
  await dialog.waitFor();
  await dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  await dialog.getByRole('button', { name: words.dialog.start[mode], exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { level: 1, name: words.reportTitle }).waitFor();
}

async function addChannel(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.add }).first().click();
  const dialog = page.getByRole('dialog', { name: words.addTitle });
  await dialog.getByRole('textbox', { name: words.addName }).fill('rates');
  await dialog.getByRole('combobox', { name: words.addDataset }).click();
  await page.getByRole('option', { name: /rate-book/ }).click();
  await dialog.getByRole('textbox', { name: words.addErrors }).fill('50');
  await dialog.getByRole('button', { name: words.addConfirm, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('table', { name: words.channels }).getByText('rates', { exact: true }).waitFor();
}

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
}

describeWithServer('ProFTPD', 'imports', () => {
  describeInBrowser('in the browser', (browser) => {
    test('a rate book is tried, imported, imported anew from the FTP site, and rolled back', async () => {
      const server = await startProftpd();
      try {
        const dataDir = await setUpSite({ identity: centralSite, server });
        const page = await openWindow(browser(), await startWebProgram(dataDir));
        await goToWindow(page, 'imports');
        await page.getByText(words.emptyTitle).waitFor();
        await addChannel(page);

        await bring(page, 'test', 'first.csv', book('199.50'));
        await page.getByRole('heading', { name: words.verdicts.tested('first.csv') }).waitFor();
        await page.getByText(words.added(3)).waitFor();
        const issues = page.getByRole('table', { name: words.issuesLabel });
        await issues.getByText(words.sample(5, '25')).waitFor();
        await goToWindow(page, 'imports');
        await page.getByText(words.nothingPublished).waitFor();

        await bring(page, 'real', 'first.csv', book('199.50'));
        await page.getByRole('heading', { name: words.verdicts.published('first.csv') }).waitFor();
        const saving = page.waitForEvent('download');
        await page.getByRole('button', { name: words.rejectedSave(1) }).click();
        expect((await saving).suggestedFilename()).toMatch(/^rejected-.*\.csv$/);

        // A partner's FTP client has put the next book there.
        await curlUpload(server, 'ratebooks/second.csv', book('150.00', 5));
        await goToWindow(page, 'imports');
        await page.getByRole('button', { name: words.take }).click();
        await page.getByText(words.rows(5), { exact: true }).waitFor();
        expect(existsSync(join(server.homeOnDisk, 'ratebooks/second.csv'))).toBe(false);

        await page.getByRole('button', { name: words.actionsOf('rates') }).click();
        await page.getByRole('menuitem', { name: words.undo }).click();
        const dialog = page.getByRole('dialog', { name: words.undoTitle('rates') });
        await dialog.getByRole('button', { name: words.undoConfirm }).click();
        await page.getByText(words.undone('first.csv')).waitFor();
        const channels = page.getByRole('table', { name: words.channels });
        await channels.getByText(words.rows(3), { exact: true }).waitFor();
        await channels.getByText(words.rolledBack).waitFor();

        await bring(page, 'preview', 'third.csv', book('150.00', 2));
        await page.getByText(words.removed(1)).waitFor();
        await page.getByText(words.changed(2)).waitFor();
      } finally {
        await server.stop();
      }
    });

    test.each(['light', 'dark'] as const)('axe finds nothing on its pages in %s', async (colorScheme) => {
      const dataDir = await setUpSite({ identity: centralSite });
      const page = await openWindow(browser(), await startWebProgram(dataDir), { colorScheme });
      await goToWindow(page, 'imports');
      await addChannel(page);
      await bring(page, 'real', 'first.csv', book('199.50'));
      await page.getByRole('heading', { name: words.verdicts.published('first.csv') }).waitFor();
      expect(await complaints(page), 'report').toEqual([]);
      await goToWindow(page, 'imports');
      await bring(page, 'preview', 'second.csv', book('150.00', 5));
      await page.getByText(words.added(2)).waitFor();
      expect(await complaints(page), 'preview').toEqual([]);
      await goToWindow(page, 'imports');
      await bring(page, 'real', 'second.csv', book('150.00', 5));
      await page.getByRole('heading', { name: words.verdicts.published('second.csv') }).waitFor();
      await goToWindow(page, 'imports');
      await page.getByText(words.chartRows).waitFor();
      expect(await complaints(page), 'overview').toEqual([]);
      await page.getByRole('button', { name: words.add }).click();
      await page.getByRole('dialog', { name: words.addTitle }).waitFor();
      expect(await complaints(page), 'add').toEqual([]);
    });
  });
});
