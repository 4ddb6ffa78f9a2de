import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { text } from '../../renderer/text/en.ts';
import { builtPage } from '../../test/e2e/builtPage.ts';
import { goToWindow } from '../../test/e2e/goToWindow.ts';
import { launchChromium } from '../../test/e2e/launchChromium.ts';
import { spawnWebProgram } from '../../test/e2e/spawnProgram.ts';
import { fillLargeOffice } from './largeOffice.ts';
import { makeCentralSite } from './makeCentralSite.ts';

const stores = 2000;
const transmissions = 100_000;

interface Measured {
  readonly what: string;
  readonly milliseconds: number;
}

/** Frames a second, and the longest pause between two of them, while a window is scrolled for a second. */
interface Scrolled {
  readonly framesPerSecond: number;
  readonly longestPauseMs: number;
}

/**
 * The windows of a central office with years of history, under the web host in Chromium: how long a person waits.
 *
 * Units: milliseconds from the act until what was asked for can be seen and used.
 */
export async function runUiBench(say: (text: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-ui-bench-'));
  const dataDir = join(folder, 'data');
  await builtPage();
  const filled = performance.now();
  await makeCentralSite(dataDir);
  fillLargeOffice(dataDir, { stores, transmissions });
  say(`\nWindows: ${stores} stores, ${transmissions} transmissions (made in ${seconds(filled)} s)\n`);
  const browser = await launchChromium();
  const started = performance.now();
  const program = await spawnWebProgram(dataDir);
  try {
    const measured: Measured[] = [
      { what: 'start of the program until its address', milliseconds: since(started) },
    ];
    const time = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      const beganMs = performance.now();
      await act();
      measured.push({ what, milliseconds: since(beganMs) });
    };
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    const transmit = page.getByRole('button', { name: text.transmit.transmit, exact: true });
    await time('address until a usable window', async () => {
      await page.goto(program.address());
      await transmit.and(page.locator(':enabled')).waitFor();
    });
    measured.push({ what: 'start of the program until a usable window', milliseconds: since(started) });

    await time('Stores: opened', async () => {
      await goToWindow(page, 'stores');
      await rows(page).nth(5).waitFor();
    });
    const storesScrolled = await scroll(page);
    await time('Stores: searched', () => filter(page, text.stores.searchLabel, 'street 1999'));

    await time('History: opened', async () => {
      await goToWindow(page, 'history');
      await rows(page).nth(5).waitFor();
    });
    const historyScrolled = await scroll(page);
    await time('History: filtered to one day', async () => {
      await page.getByRole('button', { name: text.history.previousMonth }).click();
      await page
        .getByRole('gridcell')
        .or(page.getByRole('button', { name: / done/ }))
        .first()
        .waitFor();
      await page.getByRole('button', { name: / done/ }).first().click();
      await page.getByRole('button', { name: text.history.showAllDays }).waitFor();
      await rows(page).nth(2).waitFor();
    });

    for (const { what, milliseconds } of measured) {
      say(`  ${what.padEnd(48)} ${milliseconds.toFixed(0).padStart(6)} ms\n`);
    }
    sayScrolled(say, 'Stores: scrolled for a second', storesScrolled);
    sayScrolled(say, 'History: scrolled for a second', historyScrolled);
  } finally {
    await browser.close();
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(page: Page): Locator {
  return page.getByRole('row');
}

async function filter(page: Page, label: string, words: string): Promise<void> {
  await page.getByLabel(label).fill(words);
  await page.getByRole('row').filter({ hasText: words }).first().waitFor();
  await rows(page).nth(5).waitFor({ state: 'detached' });
}

async function scroll(page: Page): Promise<Scrolled> {
  await page.mouse.move(700, 600);
  await page.evaluate(`
    window.frames_ = [];
    const step = (at) => { window.frames_.push(at); if (window.frames_) requestAnimationFrame(step); };
    requestAnimationFrame(step);
  `);
  const beganMs = performance.now();
  while (since(beganMs) < 1000) await page.mouse.wheel(0, 400);
  const frames: unknown = await page.evaluate(
    'const all = window.frames_; window.frames_ = { push() {} }; all',
  );
  if (!Array.isArray(frames)) throw new Error('No frames were counted.');
  const pauses = frames.slice(1).map((at, index) => Number(at) - Number(frames[index]));
  return {
    framesPerSecond: (pauses.length * 1000) / pauses.reduce((sum, pause) => sum + pause, 0),
    longestPauseMs: Math.max(...pauses),
  };
}

function sayScrolled(say: (text: string) => void, what: string, scrolled: Scrolled): void {
  const { framesPerSecond, longestPauseMs } = scrolled;
  say(
    `  ${what.padEnd(48)} ${framesPerSecond.toFixed(0).padStart(6)} frames/s, longest pause ${longestPauseMs.toFixed(0)} ms\n`,
  );
}

function since(beganMs: number): number {
  return performance.now() - beganMs;
}

function seconds(beganMs: number): string {
  return (since(beganMs) / 1000).toFixed(1);
}
