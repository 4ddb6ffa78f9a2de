import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { attachEngine } from '../../electron/engine/attachEngine.ts';
import { text } from '../../renderer/text/en.ts';
import { password, startCountingServer } from '../engine/officeSites.ts';
import { makeCertificate } from '../servers/makeCertificates.ts';
import { complaints } from './complaints.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { openFtpConfiguration, typeServer } from './ftpConfiguration.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';

const folder = mkdtempSync(join(tmpdir(), 'branchline-trust-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const names = ['localhost', '127.0.0.1'];
const first = makeCertificate(folder, 'ftp.example.com', { names });
const second = makeCertificate(folder, 'ftp.example.net', { names });

const button = (within: Locator | Page, name: string) => within.getByRole('button', { name, exact: true });

/** Kept for whoever looks at the windows: `BRANCHLINE_LOOK=folder`. */
async function look(page: Page, name: string): Promise<void> {
  const { BRANCHLINE_LOOK: shots } = process.env;
  if (shots !== undefined)
    await page.screenshot({ path: join(shots, `${name}.png`), animations: 'disabled' });
}

describeInBrowser('trust and proof in the windows', (browser) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test('an unknown server is shown, trusted, tried again and saved; a changed one is trusted by a deliberate step', async () => {
      const server = await startCountingServer({ tls: first });
      const dataDir = await setUpSite({ identity: centralSite, ftp: { enableSsl: true } });
      const page = await openWindow(browser(), await startWebProgram(dataDir), { colorScheme });
      const dialog = await openFtpConfiguration(page);
      const server1 = { host: '127.0.0.1', port: server.port, username: 'office', password };
      await typeServer(dialog, server1);
      await button(dialog, text.ftp.testConnection).click();
      const question = page.getByRole('dialog', { name: text.trust.firstTitle });
      await question.waitFor();
      expect(await question.innerText()).not.toContain('another name');
      for (const part of [first.fingerprint, 'CN=ftp.example.com', String(server.port), 'self-signed'])
        await question.getByText(part).first().waitFor();
      expect(await complaints(page), 'first contact').toEqual([]);
      await look(page, `trust-first-${colorScheme}`);
      // What Enter does unasked is nothing.
      const focused = button(question, text.trust.doNotTrust).and(page.locator(':focus'));
      expect(await focused.count()).toBe(1);
      expect(server.count('USER') + server.count('PASS')).toBe(0);
      await button(question, text.trust.trust).click();
      await question.waitFor({ state: 'hidden' });
      await dialog.getByText(text.ftp.checkGood['test-connection']).waitFor();
      await button(dialog, text.common.save).click();
      await dialog.waitFor({ state: 'hidden' });

      const changed = await startCountingServer({ tls: second });
      const again = await openFtpConfiguration(page);
      // As if it were the same place: what is trusted for the one port is trusted for the other.
      const engine = await attachEngine(dataDir);
      await engine?.ask('trust.add', {
        ...{ kind: 'certificate', host: '127.0.0.1', port: changed.port, fingerprint: first.fingerprint },
        description: 'CN=ftp.example.com',
      });
      await engine?.close();
      await typeServer(again, { port: changed.port });
      await button(again, text.common.save).click();
      const alarm = page.getByRole('dialog', { name: text.trust.changedTitle });
      await alarm.waitFor();
      await alarm.getByText(first.fingerprint).waitFor();
      await alarm.getByText(second.fingerprint).waitFor();
      expect(await complaints(page), 'changed').toEqual([]);
      await look(page, `trust-changed-${colorScheme}`);
      const trustNew = button(alarm, text.trust.trustNew);
      expect(await trustNew.isDisabled()).toBe(true);
      await alarm.getByRole('checkbox', { name: text.trust.confirmed }).check();
      await trustNew.click();
      // Saving goes on by itself, proves and closes.
      await again.waitFor({ state: 'hidden' });
      expect(changed.count('PASS')).toBe(1);

      const list = await openFtpConfiguration(page);
      await list.getByRole('button', { name: new RegExp(text.ftp.advanced) }).click();
      await list.getByText(second.fingerprint).waitFor();
      expect(await complaints(page), 'trusted servers').toEqual([]);
      await list.getByText(text.trust.listTitle).scrollIntoViewIfNeeded();
      await look(page, `trust-list-${colorScheme}`);
      await button(list, text.trust.removeLabel('127.0.0.1', changed.port)).click();
      await button(page, text.trust.removeConfirm).click();
      await list.getByText(second.fingerprint).waitFor({ state: 'hidden' });
    });

    test('what is not proven is not saved and stays typed; saving anyway is a second step that the history keeps', async () => {
      const server = await startCountingServer();
      const dataDir = await setUpSite({ identity: centralSite });
      const page = await openWindow(browser(), await startWebProgram(dataDir), { colorScheme });
      const dialog = await openFtpConfiguration(page);
      const typed = { host: '127.0.0.1', port: server.port, username: 'office', password: 'not this one' };
      await typeServer(dialog, typed);
      await button(dialog, text.common.save).click();
      await dialog.getByText(text.common.notSaved).waitFor();
      await dialog
        .getByText(/Check username and password|username and password/i)
        .first()
        .waitFor();
      expect(await dialog.getByRole('textbox', { name: text.ftp.host, exact: true }).inputValue()).toBe(
        typed.host,
      );
      expect(await dialog.getByLabel(text.ftp.password, { exact: true }).inputValue()).toBe(typed.password);
      expect(await complaints(page), 'not saved').toEqual([]);
      await look(page, `save-refused-${colorScheme}`);
      await button(dialog, text.ftp.saveAnyway).click();
      const sure = page.getByRole('dialog', { name: text.ftp.saveAnywayTitle });
      await sure.waitFor();
      expect(await complaints(page), 'save anyway').toEqual([]);
      await button(sure, text.ftp.saveAnywayConfirm).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(server.count('PASS')).toBe(1);

      await goToWindow(page, 'history');
      await page.getByText(/saved without proof: .*office@127\.0\.0\.1/).waitFor();
      expect(await complaints(page), 'history').toEqual([]);
      await look(page, `history-note-${colorScheme}`);
    });
  });

  test('a proof under way is shown step by step and can be stopped; nothing is saved', async () => {
    const server = await startCountingServer();
    server.fault = ({ verb }) => (verb === 'STOR' ? { kind: 'stall-data', afterBytes: 0 } : undefined);
    const dataDir = await setUpSite({ identity: centralSite });
    const page = await openWindow(browser(), await startWebProgram(dataDir));
    const dialog = await openFtpConfiguration(page);
    await typeServer(dialog, { host: '127.0.0.1', port: server.port, username: 'office', password });
    await button(dialog, text.common.save).click();
    await dialog.getByText(text.ftp.checking.save).waitFor();
    await dialog.getByRole('listitem').filter({ hasText: 'Logged in' }).waitFor();
    await button(dialog, text.ftp.stop).click();
    await dialog.getByText(text.common.notSaved).waitFor();
    expect(await button(dialog, text.ftp.saveAnyway).count()).toBe(0);
  });
});
