import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { startMailServer } from '../alerts/mailServer.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { openFtpConfiguration } from './ftpConfiguration.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram } from './program.ts';
import { dropFile, setUpJoinedStore } from './setUpSite.ts';
import { openTransmit, transmitAndWait, transmitButton } from './transmit.ts';

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 300)}`));
}

function saveButton(page: Page) {
  return page.getByRole('button', { name: text.common.save, exact: true });
}

function banner(page: Page, title: string) {
  return page.getByRole('region', { name: title });
}

/** Types the mail server into the Settings window, tries it, and saves. */
async function typeMail(page: Page, port: number): Promise<void> {
  await goToWindow(page, 'settings');
  const section = page.getByRole('region', { name: text.mail.title });
  const box = (name: string) => section.getByRole('textbox', { name, exact: true });
  await box(text.mail.host).fill('127.0.0.1');
  await box(text.mail.port).fill('1');
  await section.getByLabel(text.mail.security, { exact: true }).first().click();
  await page.getByRole('option', { name: text.mail.securities.none }).click();
  await box(text.mail.sender).fill('office@example.com');
  await section.getByLabel(text.mail.recipients, { exact: true }).first().fill('it@example.com');
  await page.keyboard.press('Enter');

  await section.getByRole('button', { name: text.mail.test }).click();
  await section.getByText('nothing accepts connections there').waitFor();
  await box(text.mail.port).fill(String(port));
  await section.getByRole('button', { name: text.mail.test }).click();
  await section.getByText(text.mail.testSent('it@example.com')).waitFor();

  await page.getByRole('textbox', { name: text.settings.suspendAfter, exact: true }).fill('1');
  await saveButton(page).click();
  await page.getByText(text.settings.saved).first().waitFor();
}

describeWithServer('ProFTPD', 'a server that is gone', () => {
  describeInBrowser('in the browser', (browser) => {
    test('suspends the connection, is told of by e-mail, and is tried at once when a person asks', async () => {
      const server = await startProftpd({});
      onTestFinished(() => server.stop());
      const mailServer = await startMailServer();
      const dataDir = await setUpJoinedStore(server);
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      await typeMail(page, mailServer.port);
      expect(mailServer.taken.map(({ subject }) => subject)).toEqual(['Branchline test e-mail']);
      expect(await complaints(page), 'settings').toEqual([]);

      await server.pause();
      dropFile(dataDir, 'daily-close/1.csv', '1');
      await transmitAndWait(page);
      const suspended = banner(page, text.connection.suspendedTitle);
      await suspended
        .getByRole('timer')
        .getByText(/Tried again in 1[45]:\d\d/)
        .waitFor();
      await page.getByText(text.transmit.suspended).waitFor();
      expect(await complaints(page), 'suspended').toEqual([]);

      await goToWindow(page, 'alerts');
      const row = page.getByRole('row').filter({ hasText: 'FTP Suspension Alert' });
      await row.getByText(text.alerts.stands, { exact: true }).waitFor();
      await row.getByText(text.alerts.sent, { exact: true }).waitFor();
      expect(mailServer.taken.map(({ subject }) => subject)).toContain('FTP Suspension Alert');
      expect(await complaints(page), 'alerts').toEqual([]);

      await server.resume();
      await suspended.getByRole('button', { name: text.connection.tryNow }).click();
      await suspended.waitFor({ state: 'detached' });
      await row.getByText(text.alerts.resolved, { exact: true }).waitFor();
      await openTransmit(page);
      await page.getByText(text.transmit.allSent).waitFor();
    });

    test('is left alone while Enable FTP is off, and that is said on every window', async () => {
      const server = await startProftpd({});
      onTestFinished(() => server.stop());
      const dataDir = await setUpJoinedStore(server);
      const page = await openWindow(browser(), await startWebProgram(dataDir), { colorScheme: 'dark' });
      const dialog = await openFtpConfiguration(page);
      await dialog.getByRole('switch', { name: text.ftp.enabled }).click();
      await dialog.getByRole('button', { name: text.common.save, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await banner(page, text.connection.offTitle).waitFor();
      dropFile(dataDir, 'daily-close/1.csv', '1');
      await transmitAndWait(page);
      await page.getByText(text.transmit.ftpOff).waitFor();
      await transmitButton(page).waitFor();
      expect(await complaints(page)).toEqual([]);
    });
  });
});
