// `npm run screenshots`: the README's pictures, of real windows showing a practice office at work.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { text } from '../../renderer/text/en.ts';
import { builtPage } from '../../test/e2e/builtPage.ts';
import { goToWindow } from '../../test/e2e/goToWindow.ts';
import { launchChromium } from '../../test/e2e/launchChromium.ts';
import { spawnWebProgram } from '../../test/e2e/spawnProgram.ts';
import { fillWithRecords } from './fillWithRecords.ts';

const folder = mkdtempSync(join(tmpdir(), 'branchline-screenshots-'));

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  await page.screenshot({
    path: join(import.meta.dirname, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
  });
  process.stdout.write(`${name}.png\n`);
}

async function transmit(page: Page): Promise<void> {
  await goToWindow(page, 'transmit');
  await page.getByRole('button', { name: text.transmit.transmit, exact: true }).click();
  await page.getByText(text.transmit.allSent).waitFor();
}

async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: text.shell.practicePlay }).click();
  await page.getByText(text.shell.practicePlayed).first().waitFor();
}

await builtPage();
const dataDir = join(folder, 'data');
const program = await spawnWebProgram(dataDir);
const browser = await launchChromium();
try {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 820 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await page.goto(program.address());
  await page.getByRole('heading', { name: text.firstRun.title }).waitFor();
  await take(page, 'first-run');

  await page.getByRole('button', { name: text.firstRun.practiceTitle }).click();
  await page.getByRole('region', { name: text.shell.practiceTitle }).waitFor();
  await transmit(page);
  await play(page);
  await transmit(page);
  await play(page);
  await page.getByText(text.shell.practicePlayed).first().waitFor({ state: 'detached' });
  await goToWindow(page, 'transmit');
  await take(page, 'transmit');
  await transmit(page);
  for (const window of ['stores', 'history'] as const) {
    await goToWindow(page, window);
    await take(page, window);
  }

  await goToWindow(page, 'setup');
  await page.getByRole('button', { name: text.setup.configureFtp }).click();
  const dialog = page.getByRole('dialog', { name: text.ftp.title });
  await dialog.getByRole('button', { name: text.ftp.selfCheck, exact: true }).click();
  await dialog.getByText(text.ftp.checkGood['self-check']).waitFor();
  await take(page, 'ftp-configuration');
  await page.keyboard.press('Escape');

  fillWithRecords(dataDir, join(folder, 'files'), join(dataDir, 'practice/server'));
  await goToWindow(page, 'imports');
  await page.getByText('rates 2026-11.csv').first().waitFor();
  await take(page, 'imports');
  await goToWindow(page, 'datasets');
  await page.goto(new URL('#/datasets/rate-book/-/rows', page.url()).href);
  await page.getByText('Van 1', { exact: true }).waitFor();
  await take(page, 'datasets');
  await goToWindow(page, 'customer-files');
  await page.getByRole('tab', { name: text.customerFiles.unidentifiedTab(1) }).click();
  await page.getByText('N12345.txt').first().waitFor();
  await take(page, 'customer-files');
} finally {
  await browser.close();
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
}
