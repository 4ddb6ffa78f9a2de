import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { text } from '../../renderer/text/en.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startPractice } from './practice.ts';
import { startWebProgram, temporaryFolder } from './program.ts';

describeInBrowser('check and support', (browser) => {
  test.each(['light', 'dark'] as const)(
    'everything is checked, step by step, and diagnostics are written (%s)',
    async (colorScheme) => {
      const page = await openWindow(browser(), await startWebProgram(temporaryFolder()), { colorScheme });
      await startPractice(page);
      await goToWindow(page, 'settings');
      await page.getByRole('button', { name: text.upkeep.checkEverything }).press('Enter');
      await page.locator('[data-verdict="good"]').waitFor();
      const steps = await page
        .locator('[data-outcome]')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-outcome')));
      expect(steps).toHaveLength(12);
      expect(steps).not.toContain('failed');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      if (process.env['BRANCHLINE_SHOTS'] !== undefined) {
        await page.locator('[data-verdict]').scrollIntoViewIfNeeded();
        await page.screenshot({
          path: `${process.env['BRANCHLINE_SHOTS']}/upkeep-${colorScheme}.png`,
          fullPage: true,
        });
      }

      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: text.upkeep.writeDiagnostics }).press('Enter');
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^branchline-diagnostics-.*\.json$/);
      const written = JSON.parse(readFileSync(await download.path(), 'utf8'));
      expect(written).toMatchObject({
        format: 'branchline-diagnostics',
        settings: { site: { role: 'central' } },
      });
    },
  );
});
