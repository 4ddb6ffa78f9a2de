import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { startVsftpd } from '../servers/startVsftpd.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { openFtpConfiguration } from './ftpConfiguration.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startEngineProcess, startWebProgram } from './program.ts';
import { centralSite, dropFile, setUpJoinedStore, setUpSite } from './setUpSite.ts';
import { openTransmit, transmitAndWait, transmitButton, waitForProgress } from './transmit.ts';

/** Takes seconds at the rate below, and cannot be compressed. */
const largeBytes = 3_000_000;
const slow = { uploadKilobytesPerSecond: 400 };

/** Sizes of the packets below a folder of the server. */
function packetSizes(server: FtpServer, folder: string): number[] {
  return readdirSync(join(server.homeOnDisk, folder))
    .filter((name) => name.includes('.tar.zst'))
    .map((name) => statSync(join(server.homeOnDisk, folder, name)).size);
}

/** How many bytes of packets the log says were uploaded, in whole uploads. */
function bytesUploaded(dataDir: string): number {
  const log = readFileSync(join(dataDir, 'logs/branchline.log'), 'utf8');
  const whole = [...log.matchAll(/upload \S*0012-central-\S*\.tar\.zst\S*: done in \d+ ms, (\d+) bytes/g)];
  return whole.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

async function liftLimit(page: Page): Promise<void> {
  const dialog = await openFtpConfiguration(page);
  await dialog.getByRole('button', { name: text.ftp.advanced }).click();
  await dialog.getByRole('textbox', { name: text.ftp.upload }).fill('0');
  await dialog.getByRole('button', { name: text.common.save, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describeWithServer('vsftpd', 'a transmission that is seen in windows', () => {
  let server: FtpServer;
  beforeEach(async () => {
    server = await startVsftpd();
  });
  afterEach(() => server.stop());

  describeInBrowser('in the browser', (browser) => {
    /** A store that has joined its office, with a large file to send over a slow line. */
    async function storeWithLargeFile(): Promise<string> {
      const dataDir = await setUpJoinedStore(server, slow);
      dropFile(dataDir, 'daily-close/large.bin', randomBytes(largeBytes));
      return dataDir;
    }

    test('is cancelled in mid-transfer, and the next one goes on where it stopped', async () => {
      const dataDir = await storeWithLargeFile();
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      await openTransmit(page);
      await transmitButton(page).click();
      await waitForProgress(page, 10);
      await page.getByRole('button', { name: text.transmit.cancelRun, exact: true }).click();
      await page.getByText(text.transmit.cancelled).waitFor();
      const [kept = 0] = packetSizes(server, 'tmp');
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThan(largeBytes);
      expect(packetSizes(server, 'central')).toEqual([]);

      await liftLimit(page);
      await transmitAndWait(page);
      await page.getByText(text.transmit.allSent).waitFor();
      expect(packetSizes(server, 'tmp')).toEqual([]);
      const [whole = 0] = packetSizes(server, 'central');
      expect(whole).toBeGreaterThan(largeBytes);
      // Only what was missing went over the line again.
      expect(bytesUploaded(dataDir)).toBe(whole - kept);
    });

    test('goes on after the engine was killed in mid-transfer, and the window recovers by itself', async () => {
      const dataDir = await storeWithLargeFile();
      const engine = await startEngineProcess(dataDir);
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      await openTransmit(page);
      await transmitButton(page).click();
      await waitForProgress(page, 10);
      engine.process.kill('SIGKILL');
      await page.getByText(text.transmit.interrupted).waitFor();
      await page.getByText(text.shell.lostTitle).waitFor({ state: 'detached' });
      expect(packetSizes(server, 'central')).toEqual([]);

      await liftLimit(page);
      await transmitAndWait(page);
      await page.getByText(text.transmit.allSent).waitFor();
      expect(packetSizes(server, 'central')).toHaveLength(1);
    });

    test('is the same in two windows, and a window that is loaded anew takes it up', async () => {
      const dataDir = await storeWithLargeFile();
      const program = await startWebProgram(dataDir);
      const first = await openWindow(browser(), program);
      await openTransmit(first);
      const second = await openWindow(browser(), program);
      await openTransmit(second);
      await transmitButton(first).click();
      await waitForProgress(second, 10);
      await first.reload();
      await waitForProgress(first, 10);
      await second.getByRole('button', { name: text.transmit.cancelRun, exact: true }).click();
      for (const page of [first, second]) await page.getByText(text.transmit.cancelled).waitFor();
    });

    test('leaves the window where it was when it is loaded anew', async () => {
      const dataDir = await setUpSite({ identity: centralSite, server });
      const page = await openWindow(browser(), await startWebProgram(dataDir));
      await transmitAndWait(page);
      await goToWindow(page, 'history');
      await page.getByRole('heading', { level: 1, name: text.history.title }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: text.history.title }).waitFor();
      await page.getByText(text.runs.outcomes.done).first().waitFor();
    });
  });
});

describeWithServer('ProFTPD', 'a full server', () => {
  describeInBrowser('in the browser', (browser) => {
    test('is said in plain words, with what to do, and nothing is lost', async () => {
      const server = await startProftpd({ quotaBytes: 200_000 });
      try {
        const dataDir = await setUpJoinedStore(server);
        dropFile(dataDir, 'daily-close/large.bin', randomBytes(1_000_000));
        const page = await openWindow(browser(), await startWebProgram(dataDir));
        await transmitAndWait(page);
        await page
          .getByText(/no room|is full|quota/i)
          .first()
          .waitFor();
        await goToWindow(page, 'queue');
        await page.getByText(text.queue.states.queued).first().waitFor();
        expect(packetSizes(server, 'central')).toEqual([]);
      } finally {
        await server.stop();
      }
    });
  });
});
