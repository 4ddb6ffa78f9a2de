import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { check, openFtpConfiguration, typeServer } from './ftpConfiguration.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startPractice } from './practice.ts';
import { startWebProgram, temporaryFolder } from './program.ts';
import { dropFile, type ServerAccount } from './setUpSite.ts';
import { transmitAndWait } from './transmit.ts';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

describeInBrowser('a first run', (browser) => {
  test('with a practice site shows real transmissions, and is removed in one click', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const page = await openWindow(browser(), await startWebProgram(dataDir));
    const before = readdirSync(dataDir)
      .filter((name) => name !== 'log')
      .sort();
    await startPractice(page);
    await transmitAndWait(page);
    const arrived = filesBelow(join(dataDir, 'practice/central/incoming'));
    expect(arrived).toContain('2026-11-20.csv');

    await page.getByRole('button', { name: text.shell.practicePlay }).click();
    await page.getByText(text.shell.practicePlayed).waitFor();
    await transmitAndWait(page);
    expect(filesBelow(join(dataDir, 'practice/central/incoming')).length).toBeGreaterThan(arrived.length);

    await page.getByRole('button', { name: text.shell.practiceRemove }).click();
    await page.getByRole('button', { name: text.shell.practiceRemoveConfirm, exact: true }).click();
    await page.getByRole('heading', { name: text.firstRun.title }).waitFor();
    expect(
      readdirSync(dataDir)
        .filter((name) => name !== 'log')
        .sort(),
    ).toEqual(before);
    expect(existsSync(join(dataDir, 'practice'))).toBe(false);
  });
});

describeWithServer('ProFTPD', 'an office that is set up through the windows', () => {
  describeInBrowser('in the browser', (browser) => {
    /** Finishes the set-up in the FTP Configuration that opens by itself, with both checks. */
    async function configureFtp(page: Page, server: ServerAccount): Promise<void> {
      const dialog = page.getByRole('dialog', { name: text.ftp.title });
      await dialog
        .or(page.getByRole('button', { name: text.setup.configureFtp }))
        .first()
        .waitFor();
      const form = (await dialog.isVisible()) ? dialog : await openFtpConfiguration(page);
      await typeServer(form, { host: '127.0.0.1', ...server });
      expect((await check(form, 'test-connection')).verdict).toContain(text.ftp.checkGood['test-connection']);
      expect((await check(form, 'self-check')).verdict).toContain(text.ftp.checkGood['self-check']);
      await form.getByRole('button', { name: text.common.save, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    }

    async function addChannel(page: Page, name: string): Promise<void> {
      await goToWindow(page, 'setup');
      await page.getByRole('textbox', { name: text.setup.newChannel }).fill(name);
      await page.getByRole('button', { name: text.setup.addChannel, exact: true }).click();
      await page.getByRole('button', { name: text.common.save, exact: true }).click();
      await page.getByText(text.common.unsaved).waitFor({ state: 'detached' });
    }

    test('a central office and a store exchange files both ways', async () => {
      const server = await startProftpd();
      try {
        const centralDir = join(temporaryFolder(), 'central');
        const storeDir = join(temporaryFolder(), 'store');
        const central = await openWindow(browser(), await startWebProgram(centralDir));
        await central.getByRole('button', { name: new RegExp(`^${text.firstRun.centralTitle}`) }).click();
        await central.getByLabel(text.firstRun.centralName).fill('Head office');
        await central.getByRole('button', { name: text.firstRun.create }).click();
        await configureFtp(central, server);
        await addChannel(central, 'price-book');

        const store = await openWindow(browser(), await startWebProgram(storeDir));
        await store.getByRole('button', { name: new RegExp(`^${text.firstRun.storeTitle}`) }).click();
        await store.getByLabel(text.firstRun.storeNumber).fill('0012');
        await store.getByLabel(text.firstRun.storeName).fill('Riverside');
        await store.getByRole('button', { name: text.firstRun.create }).click();
        await configureFtp(store, server);
        await addChannel(store, 'daily-close');

        for (const page of [central, store, central]) await transmitAndWait(page);
        dropFile(centralDir, 'price-book/all/prices 2026.csv', 'sku;price\n1;2\n');
        dropFile(storeDir, 'daily-close/2026-11-20.csv', 'receipt,amount\n1,2\n');
        for (const page of [central, store, central]) await transmitAndWait(page);

        expect(filesBelow(join(storeDir, 'incoming'))).toContain('prices 2026.csv');
        expect(filesBelow(join(centralDir, 'incoming'))).toContain('2026-11-20.csv');
        await goToWindow(central, 'stores');
        await central
          .getByRole('rowheader', { name: /Riverside/ })
          .first()
          .waitFor();
      } finally {
        await server.stop();
      }
    });
  });
});
