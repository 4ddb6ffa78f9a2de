import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { builtPage } from './builtPage.ts';
import { chromiumPath, launchChromium } from './launchChromium.ts';

/** A busy machine is slow with browsers; only a failing test waits that long. */
const patienceMs = 180_000;

/** The browser of this test file; open while its tests run. */
export type BrowserOfFile = () => Browser;

/**
 * A suite that needs the windows in a real browser: one Chromium for all its tests. Where it is missing the suite
 * is skipped by name; with CI=true it fails.
 */
export function describeInBrowser(title: string, suite: (browser: BrowserOfFile) => void): void {
  const { CI } = process.env;
  if (!existsSync(chromiumPath)) {
    if (CI !== 'true') {
      describe.skip(`${title} (${chromiumPath} is missing)`, () => suite(missing));
      return;
    }
    describe(title, () => {
      test('Chromium is at hand', () => {
        throw new Error(`${chromiumPath} is missing.`);
      });
    });
    return;
  }
  describe(title, { timeout: patienceMs }, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      await builtPage();
      browser = await launchChromium();
    }, patienceMs);
    afterAll(async () => {
      await browser?.close();
    });
    suite(() => browser ?? missing());
  });
}

function missing(): never {
  throw new Error('The browser is not open.');
}
