import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rejectedPath } from '../../electron/imports/importFiles.ts';
import { cancelledByPerson } from '../../electron/imports/importRequest.ts';
import { isDone, recoverImports, resumeImport } from '../../electron/imports/resumeImport.ts';
import { rollBack } from '../../electron/imports/rollBack.ts';
import { book, channel, openImporting, standard } from './importFixture.ts';
import { header } from './readSample.ts';

describe('an import', () => {
  test('publishes the whole set, keeps the file, and says so', async () => {
    const office = openImporting();
    const report = await office.run(book(3));
    expect(report).toMatchObject({
      outcome: 'published',
      counts: { rows: 3, accepted: 3, rejected: 0, warnings: 0, notices: 0 },
      files: [{ name: 'rates.csv', rows: 3, encoding: 'utf-8', delimiter: ',' }],
      rejectedFile: false,
    });
    expect(office.published()).toEqual([
      'V0,24,1.50,2026-01-31,',
      'V1,24,1.50,2026-01-31,',
      'V2,24,1.50,2026-01-31,',
    ]);
    expect(office.told.map(({ what }) => what)).toEqual(['start', 'end']);
    expect(readdirSync(join(office.parts.folder, 'files'))).toEqual([`${report.runId}-rates.csv`]);
    expect(office.parts.runs.get(report.runId)).toEqual(report);
  });

  test('keeps rows with errors out, at their lines, and gives them back to be corrected', async () => {
    const office = openImporting();
    const text = `${header}\nV1,24,1.50,2026-01-31,"two\nlines"\nV2,24,1,5;0,,\nV3,24,1.5,31/01/2026,=1+1\nV1,24,2,,again\n"V4,24",x\nV5,24,-7,,'=kept\n`;
    const report = await office.run(text, { channel: channel({ limits: { mostRowErrorsPercent: 90 } }) });
    expect(report.outcome).toBe('published');
    expect(report.counts).toMatchObject({ rows: 6, accepted: 2, rejected: 4 });
    const found = report.issues.flatMap(({ column, samples }) =>
      samples.map(({ line }) => `${line} ${column}`),
    );
    expect(found.sort()).toEqual(['4 ', '5 valid-from', '6 ', '7 ']);
    expect(office.published()).toEqual(['V1,24,1.50,2026-01-31,two\nlines', "V5,24,-7,,'=kept"]);
    const rejected = readFileSync(rejectedPath(office.parts.folder, report.runId), 'utf8');
    expect(rejected).toContain(`${report.runId},5,valid-from,31/01/2026,`);
    expect(rejected).toContain(",V3,24,1.5,31/01/2026,'=1+1\r\n");
  });

  test.each<[string, string, object, string, RegExp]>([
    [
      'too many rows have errors',
      book(100, { bad: 6 }),
      {},
      'too-many-row-errors',
      /6 of 100 rows have errors: 6 %, and at most 5 %/,
    ],
    [
      'it is much smaller than the one before',
      book(80),
      {},
      'too-few-rows',
      /80 rows, where the published one has 100/,
    ],
    [
      'it is empty',
      `${header}\n`,
      { limits: { leastPreviousRowsPercent: 0 } },
      'too-few-rows',
      /0 rows, and it must have at least 1/,
    ],
    ['its header is another one', 'a,b\n1,2\n', {}, 'wrong-header', /Missing/],
    ['a quote is never closed', `${book(100)}"`, {}, 'quote-not-closed', /line 102/],
    ['its dataset is not there', book(3), { dataset: 'nothing' }, 'no-such-dataset', /nothing/],
  ])('refuses a set whole when %s; what was published stays', async (_title, text, part, code, message) => {
    const office = openImporting();
    await office.run(book(100, { rate: '9.00' }));
    const before = office.published();
    const report = await office.run(text, { channel: channel(part) });
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code, message: expect.stringMatching(message) },
    });
    expect(report.editionId).toBeUndefined();
    expect(office.published()).toEqual(before);
    expect(office.records.editions(channel().dataset, standard)).toHaveLength(1);
  });

  test.each(['test', 'preview'] as const)(
    'as a %s does everything, publishes nothing, and shows the difference',
    async (mode) => {
      const office = openImporting();
      await office.run(book(100, { rate: '9.00' }));
      const before = office.published();
      const text = book(100, { rate: '9.00' }).replace('V0,', 'N0,').replace('V1,24,9.00', 'V1,24,8.00');
      const report = await office.run(text, { mode });
      expect(report).toMatchObject({
        outcome: mode === 'test' ? 'tested' : 'previewed',
        difference: { added: 1, changed: 1, removed: 1 },
      });
      expect(report.difference?.samples.map(({ kind }) => kind).sort()).toEqual([
        'added',
        'changed',
        'removed',
      ]);
      expect(office.published()).toEqual(before);
      expect(office.records.editions(channel().dataset, standard)).toHaveLength(1);
    },
  );

  test('that a person cancels leaves what was published, and its file is not tried again', async () => {
    const office = openImporting();
    await office.run(book(10));
    const abort = new AbortController();
    const report = await office.run(book(50_000), {
      signal: abort.signal,
      onProgress: ({ step }) => step === 'reading' && abort.abort(cancelledByPerson),
    });
    expect(report).toMatchObject({ outcome: 'cancelled', error: { class: 'cancelled' } });
    expect(isDone(report)).toBe(true);
    expect(office.published()).toHaveLength(10);
  });

  test('that ends with its transmission comes again', async () => {
    const office = openImporting();
    const abort = new AbortController();
    const report = await office.run(book(50_000), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
      sourceKey: 'one',
    });
    expect(report.outcome).toBe('cancelled');
    expect(resumeImport(office.parts, 'one')).toEqual({ do: 'import' });
  });
});

describe('rejected rows, corrected and dropped again', () => {
  const loose = channel({ limits: { mostRowErrorsPercent: 50 } });

  async function withRejected() {
    const office = openImporting();
    const first = await office.run(book(4, { bad: 2 }), { channel: loose });
    const file = readFileSync(rejectedPath(office.parts.folder, first.runId), 'utf8');
    return { office, first, file };
  }

  test('go into the published set; the others stay', async () => {
    const { office, first, file } = await withRejected();
    const report = await office.run(
      file.replace(',W0,24,x,', ',W0,24,7.25,').replace(',W1,24,x,', ',V1,24,8,'),
      { channel: loose },
    );
    expect(report).toMatchObject({
      outcome: 'published',
      corrects: first.runId,
      counts: { rows: 2, accepted: 2 },
    });
    expect(office.published()?.sort()).toEqual([
      'V0,24,1.50,2026-01-31,',
      // Its key was there: the corrected row takes its place.
      "V1,24,8,2026-01-31,=cmd|' /C calc'!A0",
      "W0,24,7.25,2026-01-31,=cmd|' /C calc'!A0",
    ]);
  });

  test('may be corrected once more, from what is still wrong', async () => {
    const { office, file } = await withRejected();
    const second = await office.run(file.replace(',W0,24,x,', ',W0,24,7.25,'), { channel: loose });
    expect(second.counts).toMatchObject({ accepted: 1, rejected: 1 });
    const again = readFileSync(rejectedPath(office.parts.folder, second.runId), 'utf8');
    const third = await office.run(again.replace(',W1,24,x,', ',W1,24,9,'), { channel: loose });
    expect(third.outcome).toBe('published');
    expect(office.published()).toHaveLength(4);
  });

  test('are written in the way of the channel, decimal commas and semicolons', async () => {
    const office = openImporting();
    const comma = channel({ limits: { mostRowErrorsPercent: 50 }, parsing: { decimalSeparator: ',' } });
    const first = await office.run('vehicle;term;rate\nA;24;1.234,5\nB;24;2,5\nC;24;-3,25\n', {
      channel: comma,
    });
    expect(first.counts.rejected).toBe(1);
    const file = readFileSync(rejectedPath(office.parts.folder, first.runId), 'utf8');
    const second = await office.run(file.replace('24;1.234,5;', '24;1234,5;'), { channel: comma });
    expect(second.outcome).toBe('published');
    expect(office.published()?.sort()).toEqual(['A,24,1234.5,,', 'B,24,2.5,,', 'C,24,-3.25,,']);
  });

  test.each([
    ['nothing was corrected', (file: string) => file, 'nothing-corrected'],
    [
      'two imports are mixed',
      (file: string) => file.replace(/^[0-9a-f-]{36},3/m, '0,3').replace(/^[0-9a-f-]{36}(?=,5)/m, 'other'),
      'wrong-correction',
    ],
    [
      'the import is not known',
      (file: string) => file.replaceAll(/^[0-9a-f-]{36}/gm, 'other'),
      'wrong-correction',
    ],
  ])('are refused when %s', async (_title, change, code) => {
    const { office, file } = await withRejected();
    const before = office.published();
    expect(await office.run(change(file), { channel: loose })).toMatchObject({
      outcome: 'failed',
      error: { code },
    });
    expect(office.published()).toEqual(before);
  });

  test('are refused when another set was published since', async () => {
    const { office, file } = await withRejected();
    await office.run(book(4), { channel: loose });
    const report = await office.run(file.replaceAll(',24,x,', ',24,1,'), { channel: loose });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'wrong-correction' } });
  });
});

describe('going back', () => {
  test('publishes the edition before, and further back when repeated; all of it can be undone', async () => {
    const office = openImporting();
    const editions: string[] = [];
    for (const rate of ['1', '2', '3']) editions.push((await office.run(book(1, { rate }))).editionId ?? '');
    const back = (editionId?: string) =>
      rollBack(office.parts, { channel: channel(), set: standard, editionId, origin: 'test' });
    const rate = () => office.published()?.[0]?.split(',')[2];
    expect(back()).toMatchObject({ mode: 'rollback', outcome: 'published', editionId: editions[1] });
    expect(rate()).toBe('2');
    back();
    expect(rate()).toBe('1');
    expect(() => back()).toThrow(/no earlier edition/);
    back(editions[2]);
    expect(rate()).toBe('3');
    expect(() => back('no such')).toThrow(/no archived edition/);
  });
});

describe('after a kill', () => {
  test('before publishing, nothing is published and the file is imported again', async () => {
    const office = openImporting();
    const report = await office.run(book(2), { sourceKey: 'drop x' });
    office.parts.runs.begin(
      { ...report, runId: 'killed', outcome: 'publishing', editionId: 'never' },
      'drop y',
    );
    recoverImports(office.parts, () => channel());
    expect(office.parts.runs.get('killed')).toMatchObject({ outcome: 'interrupted' });
    expect(resumeImport(office.parts, 'drop y')).toEqual({ do: 'import' });
    expect(resumeImport(office.parts, 'drop x')).toMatchObject({
      do: 'settle',
      report: { outcome: 'published' },
    });
  });

  test('after publishing, it is on record as published, people are told, and it is not imported again', async () => {
    const office = openImporting();
    const report = await office.run(book(2));
    office.parts.runs.begin({ ...report, runId: 'killed', outcome: 'publishing' }, 'drop y');
    recoverImports(office.parts, () => channel());
    expect(resumeImport(office.parts, 'drop y')).toMatchObject({
      do: 'settle',
      report: { outcome: 'published' },
    });
    expect(office.told.at(-1)).toMatchObject({
      what: 'end',
      report: { runId: 'killed', outcome: 'published' },
    });
  });

  test('a file on which the program is killed again and again is given up', async () => {
    const office = openImporting();
    const report = await office.run(book(2));
    for (let time = 0; time < 5; time += 1) {
      office.parts.runs.begin({ ...report, runId: `killed ${time}`, outcome: 'running' }, 'drop y');
    }
    recoverImports(office.parts, () => channel());
    expect(resumeImport(office.parts, 'drop y')).toMatchObject({
      do: 'settle',
      report: { outcome: 'failed', error: { code: 'interrupted-too-often' } },
    });
  });
});

test('a large file is imported in little memory', () => {
  // Its rows would take three times the heap that this process may have.
  const flags = ['--max-old-space-size=40', '--max-semi-space-size=4'];
  const program = join(import.meta.dirname, 'importInLittleMemory.ts');
  const said = execFileSync(process.execPath, [...flags, program], { encoding: 'utf8' });
  expect(JSON.parse(said)).toMatchObject({ outcome: 'published', accepted: 400_000, rejected: 1000 });
});
