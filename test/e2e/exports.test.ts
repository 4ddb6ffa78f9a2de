import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { text } from '../../renderer/text/en.ts';
import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram, temporaryFolder } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';
import { vaultVariables } from './spawnProgram.ts';

const words = text.exports;

/** A central site over a folder, with two people who signed up. */
async function setUpCentral(): Promise<{ readonly dataDir: string; readonly homeDir: string }> {
  const homeDir = join(temporaryFolder(), 'server');
  mkdirSync(homeDir);
  const dataDir = await setUpSite({ identity: centralSite, ftp: { protocol: 'folder', homeDir } });
  const engine = await openEngine({ clock: systemClock, random: systemRandom, env: vaultVariables, dataDir });
  const dataset = datasetNameSchema.parse('users');
  const set = setNameSchema.parse('default');
  const { schema } = await engine.ask('records.show', { dataset });
  const required = schema.columns.filter((column) => column.required || schema.key.includes(column.name));
  for (const one of ['ada@example.com', 'bob@example.com']) {
    const values = Object.fromEntries(required.map(({ name }) => [name, one]));
    const { issues } = await engine.ask('records.add', { dataset, set, values });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  await engine.close();
  return { dataDir, homeDir };
}

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`,
  );
}

describeInBrowser('exports in the windows', (browser) => {
  test.each(['light', 'dark'] as const)(
    'an export is added with a look at its rows, run, and a set is sent to stores, in %s',
    async (colorScheme) => {
      const { dataDir, homeDir } = await setUpCentral();
      const page = await openWindow(browser(), await startWebProgram(dataDir), { colorScheme });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await goToWindow(page, 'exports');
      await page.getByText(words.emptyTitle).waitFor();
      expect(await complaints(page)).toEqual([]);

      // By keyboard alone.
      await page.getByRole('button', { name: words.add }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: words.form.addTitle });
      await dialog.getByRole('combobox', { name: words.form.dataset }).click();
      await page.getByRole('option', { name: 'Sign-ups' }).click();
      expect(await dialog.getByRole('textbox', { name: words.form.folder }).inputValue()).toBe(
        'exports/users',
      );
      await dialog.getByRole('button', { name: words.form.preview }).click();
      await dialog.getByText(words.form.previewTotal(2, 2)).waitFor();
      await dialog.getByRole('cell', { name: 'ada@example.com' }).first().waitFor();
      await dialog.getByRole('radio', { name: words.form.whenEvery }).click();
      expect(await complaints(page)).toEqual([]);
      await dialog.getByRole('textbox', { name: words.form.folder }).fill('stores/users');
      await dialog.getByRole('button', { name: text.common.save }).click();
      await dialog.getByText('belongs to Branchline').waitFor();
      await dialog.getByRole('textbox', { name: words.form.folder }).fill('exports/users');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });

      await page.getByRole('button', { name: words.runOf('users') }).press('Enter');
      await page.getByText(words.states.done, { exact: true }).waitFor();
      const [file, ...others] = readdirSync(join(homeDir, 'exports/users'));
      expect(others).toEqual([]);
      expect(readFileSync(join(homeDir, 'exports/users', file ?? ''), 'utf8')).toContain('bob@example.com');
      await page.getByText(file ?? '').waitFor();

      await page.getByRole('button', { name: words.sets.add }).click();
      const send = page.getByRole('dialog', { name: words.sets.formTitle });
      await send.getByRole('button', { name: words.sets.save }).click();
      await send.waitFor({ state: 'hidden' });
      await page
        .getByRole('row', { name: /rate-book\/default/ })
        .getByText(words.sets.all)
        .waitFor();
      expect(await complaints(page)).toEqual([]);

      await page.getByRole('button', { name: words.more('users') }).press('Enter');
      await page.getByRole('menuitem', { name: words.remove }).press('Enter');
      await page.getByRole('button', { name: words.removeConfirm }).press('Enter');
      await page.getByText(words.emptyTitle).waitFor();
    },
  );
});
