import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alarm, MailMessage } from '../../electron/alerts/alarms.ts';
import { tellPeople } from '../../electron/engine/areas/imports/tellPeople.ts';
import { neutraliseFormula, restoreFormula } from '../../electron/imports/formulas.ts';
import { rejectedPath } from '../../electron/imports/importFiles.ts';
import { describeOutcome } from '../../electron/imports/mail/reportWords.ts';
import { book, channel, openImporting } from './importFixture.ts';

function listening() {
  const mails: MailMessage[] = [];
  const raised: Alarm[] = [];
  const cleared: string[] = [];
  const tell = tellPeople({
    post: { send: (mail) => mails.push(mail) },
    alarms: { raise: (alarm) => raised.push(alarm), clear: (_kind, key) => cleared.push(key) },
  });
  return { tell, mails, raised, cleared };
}

const recipients = ['partner@example.com'];

test('a report goes to the recipients of the channel as text and HTML, with the rejected rows attached', async () => {
  const office = openImporting();
  const own = channel({ recipients, limits: { mostRowErrorsPercent: 50 } });
  const report = await office.run(book(4, { bad: 1 }), { channel: own, name: '<b>&"rates".csv' });
  const { tell, mails, cleared } = listening();
  const path = rejectedPath(office.parts.folder, report.runId);
  tell.end(own, report, path);
  expect(cleared).toEqual(['rates/default']);
  const [mail] = mails;
  expect(mail?.to).toEqual(recipients);
  expect(mail?.subject).toMatch(/published, 1 row kept out/);
  expect(mail?.text).toMatch(/rate: .*1 row: line 5/);
  expect(mail?.html).toContain('&lt;b&gt;&amp;&quot;rates&quot;.csv');
  expect(mail?.html).not.toContain('<b>&');
  expect(mail?.attachments?.map(({ name, type }) => [name, type])).toEqual([
    ['rejected-_b___rates_.csv', 'text/csv'],
  ]);
  expect(mail?.attachments?.[0]?.content.equals(readFileSync(path))).toBe(true);
});

test('where more rows were kept out than are written for people, the report says so', async () => {
  const report = await openImporting().run(book(4, { bad: 1 }), {
    channel: channel({ limits: { mostRowErrorsPercent: 50 } }),
  });
  expect(describeOutcome(report)).not.toContain('in the file');
  const many = { ...report, counts: { ...report.counts, rejected: 100_001 } };
  expect(describeOutcome(many)).toContain('100001 rows kept out (the first 100000 are in the file)');
});

test('a failure raises an alarm; a test, a preview and a cancelled import do not', async () => {
  const office = openImporting();
  const { tell, raised, mails } = listening();
  for (const mode of ['test', 'preview', 'real'] as const) {
    tell.end(channel({ recipients }), await office.run('a,b\n', { mode }), undefined);
    expect(raised).toHaveLength(mode === 'real' ? 1 : 0);
  }
  expect(raised[0]).toMatchObject({ kind: 'failed-import', key: 'rates/default' });
  // The preview is for who asked for it.
  expect(mails.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Import test of .*REFUSED/),
    expect.stringMatching(/^Import of .*REFUSED/),
  ]);
});

test('mail is sent as the channel wants it', async () => {
  const office = openImporting();
  const good = await office.run(book(2));
  const count = (part: object) => {
    const { tell, mails } = listening();
    const own = channel({ recipients, ...part });
    tell.start(own, good);
    tell.end(own, good, undefined);
    return mails.length;
  };
  expect(count({})).toBe(1);
  expect(count({ mailOnStart: true })).toBe(2);
  expect(count({ mailReport: 'with-problems' })).toBe(0);
  expect(count({ mailReport: 'never' })).toBe(0);
});

test('what a spreadsheet would run as a formula is marked, and comes back as it was', () => {
  for (const formula of ['=cmd', '+1+1', '-1-1', '@SUM(A1)', '\t=1', "'=1"]) {
    expect(neutraliseFormula(formula)).toBe(`'${formula}`);
  }
  for (const plain of ['', 'a=b', '-12.50', '+31', "it's", "'quoted'"])
    expect(neutraliseFormula(plain)).toBe(plain);
  const texts = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '1', '.', 'a', '\t') });
  fc.assert(fc.property(texts, (text) => restoreFormula(neutraliseFormula(text)) === text));
});
