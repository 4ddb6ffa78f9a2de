import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { dataPaths } from '../../electron/platform/paths.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { text } from '../../renderer/text/en.ts';
import { name, setName } from '../records/recordsFixture.ts';
import { describeInBrowser } from './describeInBrowser.ts';
import { goToWindow } from './goToWindow.ts';
import { openWindow } from './openWindow.ts';
import { startWebProgram, temporaryFolder } from './program.ts';
import { centralSite, setUpSite } from './setUpSite.ts';

const words = text.datasets;
const rateBook = name('rate-book');
const header = ['vehicle', 'term', 'mileage', 'payment_profile', 'rate', 'manufacturer', 'model'];

/** A central office with three editions of a rate book, each larger than the last. */
async function officeWithRates(): Promise<string> {
  const dataDir = await setUpSite({ identity: centralSite });
  const records = openRecords({
    path: dataPaths(dataDir).records,
    clock: systemClock,
    random: systemRandom,
  });
  for (const [edition, count] of [300, 700, 1000].entries()) {
    const staging = records.stage(rateBook, setName('default'), `rates-${edition + 1}.csv`, header);
    for (let row = 0; row < count; row += 1) {
      const vehicle = `CAR-${String(Math.floor(row / 3)).padStart(4, '0')}`;
      const term = ['24', '36', '48'][row % 3] ?? '';
      const rate = `${100 + ((row * 37) % 900)}.50`;
      staging.add(row + 2, [vehicle, term, '10000', 'monthly', rate, 'Ford', row === 5 ? '=1+1' : 'Focus']);
    }
    staging.finish();
    records.publish(rateBook, setName('default'), staging.editionId, 5);
  }
  records.close();
  return dataDir;
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.html.slice(0, 200)}`),
    what,
  ).toEqual([]);
}

const status = (page: Page, shown: string) => page.getByRole('status').filter({ hasText: shown });

describeInBrowser('the Datasets window', (browser) => {
  test('searches, filters, sorts, pages and exports what is published', async () => {
    const page = await openWindow(browser(), await startWebProgram(await officeWithRates()));
    await goToWindow(page, 'datasets');
    const table = page.getByRole('table', { name: words.rowsTable('Rate book') });
    await status(page, '1 to 100 of 1,000').waitFor();
    await expectAccessible(page, 'rows');

    await page.getByRole('button', { name: text.table.last }).click();
    await status(page, '901 to 1,000 of 1,000').waitFor();
    await page.getByRole('textbox', { name: words.search }).fill('car-0007');
    await status(page, '1 to 3 of 3').waitFor();
    expect(await table.getByRole('row').count()).toBe(4);

    await page.getByRole('textbox', { name: words.search }).fill('');
    await page.getByRole('combobox', { name: words.filterColumn }).click();
    await page.getByRole('option', { name: 'Rate per month' }).click();
    await page.getByRole('combobox', { name: words.filterOperator }).click();
    await page.getByRole('option', { name: words.operators['at-least'] }).click();
    await page.getByRole('textbox', { name: words.filterValue }).fill('many');
    await page.getByRole('textbox', { name: words.filterValue }).press('Enter');
    await page
      .getByRole('alert')
      .getByText(/cannot be compared/)
      .waitFor();
    await page.getByRole('button', { name: words.removeFilter('Rate per month is at least many') }).click();
    await page.getByRole('textbox', { name: words.filterValue }).fill('990');
    await page.getByRole('button', { name: words.addFilter }).click();
    await page.getByRole('button', { name: /^Rate per month/ }).click();
    await page.getByRole('columnheader', { name: /^Rate per month/, includeHidden: false }).waitFor();
    const rates = await table.getByRole('row').locator('td:nth-child(6)').allInnerTexts();
    expect(rates.length).toBeGreaterThan(3);
    expect(rates).toEqual(rates.toSorted((one, other) => Number(one) - Number(other)));
    expect(Number(rates[0])).toBeGreaterThanOrEqual(990);

    await page.getByRole('button', { name: /^Remove the filter/ }).click();
    await page.getByRole('textbox', { name: words.search }).fill('CAR-0001');
    await status(page, '1 to 3 of 3').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: words.exportCsv }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('rate-book.csv');
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFFvehicle,term,mileage,payment_profile,rate,initial_payment,excess_mileage,manufacturer,model,valid_until',
    );
    expect(lines.slice(1, 4).map((line) => line.split(',')[8])).toEqual(['Focus', 'Focus', "'=1+1"]);
  });

  test('shows the editions of a set, and the rows of an archived one', async () => {
    const page = await openWindow(browser(), await startWebProgram(await officeWithRates()), {
      colorScheme: 'dark',
    });
    await goToWindow(page, 'datasets');
    await page.getByText(words.viewNames.editions, { exact: true }).click();
    const table = page.getByRole('table', { name: /Editions/ });
    await table.waitFor();
    expect(await table.getByRole('row').locator('td:nth-child(3)').allInnerTexts()).toEqual([
      '1,000',
      '700',
      '300',
    ]);
    await page.locator('.recharts-bar-rectangle').nth(2).waitFor();
    await expectAccessible(page, 'editions');
    await table.getByRole('link').nth(2).click();
    await status(page, '1 to 100 of 300').waitFor();
    await page.getByRole('button', { name: words.backToPublished }).click();
    await status(page, '1 to 100 of 1,000').waitFor();
  });

  test('adds a dataset by a schema file, and says what is wrong with one', async () => {
    const page = await openWindow(
      browser(),
      await startWebProgram(await setUpSite({ identity: centralSite })),
    );
    await goToWindow(page, 'datasets');
    await page.getByText(words.emptyTitle('Customers')).waitFor();
    await expectAccessible(page, 'empty');
    const file = join(temporaryFolder(), 'articles.json');
    const choose = async (content: object) => {
      writeFileSync(file, JSON.stringify(content));
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: words.chooseFile }).click(),
      ]);
      await chooser.setFiles(file);
    };
    await page.getByRole('button', { name: words.add }).click();
    await choose({ formatVersion: 1, name: 'articles', columns: [{ name: 'code', type: 'money' }] });
    await page
      .getByRole('alert')
      .getByText(/columns\[0\]\.type/)
      .waitFor();
    await expectAccessible(page, 'wrong schema');
    await choose({ formatVersion: 1, name: 'articles', columns: [{ name: 'code', type: 'text' }] });
    await page.getByText(words.emptyTitle('articles')).waitFor();
  });
});
