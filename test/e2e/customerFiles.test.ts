import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { text } from '../../renderer/text/en.ts';
import { fillCustomers } from '../customerFiles/centralSite.ts';
import { curlUpload, filesOn } from '../dropFolders/partner.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';

const words = text.customerFiles;
const folder = 'customerfiles/account_number';

async function lookNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.lookNow }).click();
  await page.getByRole('button', { name: words.stop }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: words.lookNow }).waitFor();
}

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
}

describeWithServer('ProFTPD', 'customer files in windows', () => {
  let server: FtpServer;
  beforeEach(async () => {
    server = await startProftpd();
  });
  afterEach(() => server.stop());

  describeInBrowser('in the browser', (browser) => {
    /** A central site with customers, which does not wait long for files to settle. */
    async function openSite(colorScheme: 'light' | 'dark'): Promise<Page> {
      const dataDir = await setUpSite({ identity: centralSite, server });
      fillCustomers(dataDir, systemClock);
      const settings = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
      settings.dropFolders.settleSeconds = 1;
      writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings));
      const page = await openWindow(browser(), await startWebProgram(dataDir), { colorScheme });
      await goToWindow(page, 'customer-files');
      return page;
    }

    async function switchFolderOn(page: Page): Promise<void> {
      await page.getByRole('button', { name: words.noFolderAction }).click();
      const dialog = page.getByRole('dialog', { name: words.foldersTitle });
      await dialog.getByRole('switch', { name: words.presets['account-number'] }).click();
      await dialog.getByRole('switch', { name: words.presets['account-number'], checked: true }).waitFor();
      expect(await complaints(page), words.foldersTitle).toEqual([]);
      await dialog.getByRole('button', { name: text.common.close }).last().click();
    }

    test('axe finds nothing in the dark theme', async () => {
      const page = await openSite('dark');
      await switchFolderOn(page);
      await curlUpload(server, `${folder}/nobody.txt`, Buffer.from('x'));
      await lookNow(page);
      await page.getByRole('tab', { name: words.unidentifiedTab(1) }).click();
      await page.getByRole('button', { name: words.resolve('nobody.txt') }).click();
      await page.getByRole('dialog', { name: 'nobody.txt' }).getByText(words.noLikely).waitFor();
      expect(await complaints(page)).toEqual([]);
    });

    test("partners' files appear at their customers, and the others are resolved by hand", async () => {
      const page = await openSite('light');
      expect(await complaints(page), 'nothing yet').toEqual([]);
      await switchFolderOn(page);

      await curlUpload(server, `${folder}/N123456.txt`, Buffer.from('a contract'));
      await curlUpload(server, `${folder}/N12345.txt`, Buffer.from('a letter without its last digit'));
      await curlUpload(server, `${folder}/junk.pdf`, Buffer.from('%PDF-1.4\n% no more than this'));
      await curlUpload(server, `${folder}/later.txt`, Buffer.from('x'));
      await lookNow(page);

      await page.getByRole('link', { name: 'Mary Smith' }).click();
      await page.getByRole('heading', { name: words.customerTitle('Mary Smith') }).waitFor();
      await page.getByRole('button', { name: words.openFile('N123456.txt', 1) }).click();
      await page.getByText('a contract').waitFor();
      expect(await complaints(page), 'an open file').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: words.backToCustomers }).click();

      await page.getByRole('tab', { name: words.unidentifiedTab(3) }).click();
      await page.getByRole('button', { name: words.resolve('N12345.txt') }).click();
      const resolving = page.getByRole('dialog', { name: 'N12345.txt' });
      await resolving.getByText('a letter without its last digit').waitFor();
      await resolving.getByText(words.likeness(86)).first().waitFor();
      expect(await complaints(page), 'an unidentified file').toEqual([]);
      await resolving.getByRole('button', { name: words.attachTo('John Brown (N123457)') }).click();
      await resolving.waitFor({ state: 'detached' });

      await page.getByRole('button', { name: words.resolve('junk.pdf') }).click();
      const junk = page.getByRole('dialog', { name: 'junk.pdf' });
      await junk.getByTitle(words.previewOf('junk.pdf')).waitFor();
      await junk.getByRole('button', { name: words.delete }).click();
      await page.getByRole('button', { name: words.deleteConfirm }).click();
      await junk.waitFor({ state: 'detached' });

      await page.getByRole('button', { name: words.resolve('later.txt') }).click();
      const later = page.getByRole('dialog', { name: 'later.txt' });
      await later.getByRole('button', { name: words.putBack }).click();
      await page.getByRole('heading', { name: words.allIdentifiedTitle }).waitFor();
      expect(await complaints(page), 'all resolved').toEqual([]);

      await page.getByRole('tab', { name: words.customersTab }).click();
      await page.getByRole('textbox', { name: words.searchLabel }).fill('n12345.txt');
      await page.getByRole('link', { name: 'John Brown' }).waitFor();
      await page.getByRole('link', { name: 'Mary Smith' }).waitFor({ state: 'detached' });
      const here = filesOn(server).filter((path) => path.startsWith('customerfiles/'));
      expect(here).toEqual([`${folder}/later.txt`]);
    });
  });
});
