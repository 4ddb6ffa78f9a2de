import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import type { FtpConfiguration } from '../../shared/settings.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { reservePorts } from '../servers/reservePorts.ts';
import { startVsftpd } from '../servers/startVsftpd.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { check, openFtpConfiguration, type TypedServer, typeServer } from './ftpConfiguration.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';

/** Takes connections and never says a word. */
async function silentServer(): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A port that nobody listens at while the test runs. */
async function closedPort(): Promise<number> {
  const ports = await reservePorts();
  onTestFinished(() => ports.release());
  return ports.control;
}

describeWithServer('vsftpd', 'the FTP Configuration with a server that forbids rename and delete', () => {
  let server: FtpServer;
  beforeAll(async () => {
    server = await startVsftpd({ forbidRenameAndDelete: true });
  });
  afterAll(() => server.stop());

  describeInBrowser('in the browser', (browser) => {
    async function openFilledIn(typed: TypedServer = {}, ftp: Partial<FtpConfiguration> = {}) {
      const dataDir = await setUpSite({ identity: centralSite, ftp });
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      const dialog = await openFtpConfiguration(page);
      const { host, port, username, password } = server;
      await typeServer(dialog, { host, port, username, password, ...typed });
      return { page, dialog };
    }

    test('Test Connection is green, the self-check is red, and says what to ask the provider for', async () => {
      const { dialog } = await openFilledIn();
      const connection = await check(dialog, 'test-connection');
      expect(connection.verdict).toContain(text.ftp.checkGood['test-connection']);
      expect(connection.verdict).toContain(text.ftp.selfCheckOffer);
      const self = await check(dialog, 'self-check');
      expect(self.verdict).toContain(text.ftp.checkBad['self-check']);
      expect(self.verdict).toMatch(/cannot exchange packets .* could not .*rename.* or .*delete/i);
      expect(self.failed).toMatch(/550/);
      expect(self.failed).toMatch(/ask .*provider/i);
    });

    test.each([
      ['a wrong password', { password: 'not this one' }, /refused the log-in/, /username and password/i],
      [
        'a host that does not exist',
        { host: 'ftp.branchline.invalid' },
        /no host of this name/i,
        /Check Host/,
      ],
    ])('%s is said in plain words, with what to do', async (_title, typed, message, advice) => {
      const { dialog } = await openFilledIn(typed);
      const found = await check(dialog, 'test-connection');
      expect(found.verdict).toContain(text.ftp.checkBad['test-connection']);
      expect(`${found.verdict}\n${found.failed}`).toMatch(message);
      expect(`${found.verdict}\n${found.failed}`).toMatch(advice);
    });

    test('a port where nobody listens is said in plain words, with what to do', async () => {
      const { dialog } = await openFilledIn({ port: await closedPort() });
      const found = await check(dialog, 'test-connection');
      expect(found.verdict).toContain(text.ftp.checkBad['test-connection']);
      expect(`${found.verdict}\n${found.failed}`).toMatch(/Nothing accepts connections/);
      expect(`${found.verdict}\n${found.failed}`).toMatch(/Port/);
    });

    test('a server that never answers ends in a message', async () => {
      const { dialog } = await openFilledIn({ port: await silentServer() }, { replyTimeoutSeconds: 1 });
      const found = await check(dialog, 'test-connection');
      expect(found.verdict).toContain(text.ftp.checkBad['test-connection']);
      expect(`${found.verdict}\n${found.failed}`).toMatch(/did not answer|no answer|in time/i);
    });

    test('a check that waits for an answer can be stopped', async () => {
      const { dialog } = await openFilledIn({ port: await silentServer() });
      await dialog.getByRole('button', { name: text.ftp.testConnection, exact: true }).click();
      await dialog.getByRole('button', { name: text.ftp.stop, exact: true }).click();
      await dialog.getByRole('alert').filter({ hasText: text.ftp.checkCancelled }).waitFor();
    });

    test('a field that makes no sense is marked at the field, and nothing is tried', async () => {
      const { dialog } = await openFilledIn({ host: '' });
      await dialog.getByRole('button', { name: text.ftp.testConnection, exact: true }).click();
      const host = dialog.getByRole('textbox', { name: text.ftp.host, exact: true });
      await dialog.getByText(text.ftp.hostNeeded).waitFor();
      expect(await host.getAttribute('aria-invalid')).toBe('true');
    });

    test('a saved password is dots that stand for nothing, and works without being typed again', async () => {
      const { page, dialog } = await openFilledIn();
      await dialog.getByRole('button', { name: text.common.save, exact: true }).click();
      // This server lets nothing be deleted, so the proof fails.
      await dialog.getByText(/DELE/).first().waitFor();
      await dialog.getByRole('button', { name: text.ftp.saveAnyway, exact: true }).click();
      await page.getByRole('button', { name: text.ftp.saveAnywayConfirm, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.reload();
      const again = await openFtpConfiguration(page);
      await again.getByText(text.ftp.passwordSaved).waitFor();
      expect(await page.content()).not.toContain(server.password);
      const found = await check(again, 'test-connection');
      expect(found.verdict).toContain(text.ftp.checkGood['test-connection']);
    });
  });
});
