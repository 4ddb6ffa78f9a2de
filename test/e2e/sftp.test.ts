import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { startSshd } from '../servers/startSshd.ts';
import { complaints } from './complaints.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { openFtpConfiguration, typeServer } from './ftpConfiguration.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';

/** What axe says in the light and in the dark theme. */
async function complaintsInBoth(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await complaints(page)));
  }
  return found;
}

describeWithServer('OpenSSH', 'the FTP Configuration with an SFTP server', () => {
  describeInBrowser('in the browser', (browser) => {
    test('a person trusts the host key, answers two questions of the server, and is connected', async () => {
      const server = await startSshd({ logOn: 'two-questions' });
      onTestFinished(() => server.stop());
      const dataDir = await setUpSite({ identity: centralSite });
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      const dialog = await openFtpConfiguration(page);
      const choose = async (label: string, option: string) => {
        await dialog.getByRole('combobox', { name: label, exact: true }).click();
        await page.getByRole('option', { name: option, exact: true }).click();
      };
      await choose(text.ftp.protocol, text.ftp.protocols.sftp);
      const port = dialog.getByRole('textbox', { name: text.ftp.port, exact: true });
      expect(await port.inputValue()).toBe('22');
      expect(await dialog.getByText(text.ftp.passiveMode, { exact: true }).count()).toBe(0);
      await choose(text.ftp.logonType, text.ftp.logonTypes.interactive);
      await typeServer(dialog, { host: '127.0.0.1', port: server.port, username: server.username });
      expect(await complaintsInBoth(page), text.ftp.logonTypes.interactive).toEqual([]);

      await dialog.getByRole('button', { name: text.ftp.testConnection, exact: true }).click();
      const trust = page.getByRole('dialog', { name: text.trust.firstTitle });
      await trust.getByText(server.identities[0]?.fingerprint ?? 'none').waitFor();
      await trust.getByRole('button', { name: text.trust.trust, exact: true }).click();

      const asks = page.getByRole('dialog', { name: text.shell.promptTitle });
      await asks.getByLabel('Password:', { exact: true }).fill(server.password);
      expect(await complaintsInBoth(page), text.shell.promptTitle).toEqual([]);
      await page.keyboard.press('Enter');
      const code = asks.getByLabel(/one-time/i).first();
      await code.waitFor();
      await code.fill(server.nextCode());
      await page.keyboard.press('Enter');
      await dialog.getByText(text.ftp.checkGood['test-connection']).waitFor();
    });

    test('a key pair is made in the window and entered as the key file', async () => {
      const dataDir = await setUpSite({ identity: centralSite, ftp: { protocol: 'sftp', port: 22 } });
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      const dialog = await openFtpConfiguration(page);
      await dialog.getByRole('combobox', { name: text.ftp.logonType, exact: true }).click();
      await page.getByRole('option', { name: text.ftp.logonTypes['key-file'], exact: true }).click();
      await dialog.getByRole('button', { name: text.ftp.createKey }).click();
      const create = page.getByRole('dialog', { name: text.ftp.createKeyTitle });
      await create.getByLabel(text.ftp.newPassphrase, { exact: true }).fill('canary of the new key');
      expect(await complaintsInBoth(page), text.ftp.createKeyTitle).toEqual([]);
      await create.getByRole('button', { name: text.ftp.createKeyNow, exact: true }).click();
      const line = create.getByLabel(text.ftp.publicKey, { exact: true });
      await line.waitFor();
      expect(await line.inputValue()).toMatch(/^ssh-ed25519 \S+ Branchline$/);
      expect(await complaintsInBoth(page), text.ftp.publicKey).toEqual([]);
      await create.getByRole('button', { name: text.common.close, exact: true }).last().click();
      const keyFile = dialog.getByRole('textbox', { name: text.ftp.keyFile, exact: true });
      expect(await keyFile.inputValue()).toMatch(/keys\/branchline_ed25519$/);
    });
  });
});
