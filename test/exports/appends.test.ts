import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRowAdder } from '../../electron/engine/areas/appends/addRows.ts';
import type { RunContext } from '../../electron/transmission/siteContext.ts';
import { datasetNameSchema } from '../../shared/dataset.ts';
import { siteNameSchema } from '../../shared/sites.ts';
import { type EngineSite, officeOfEngines } from '../editions/officeOfEngines.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { enquiriesDataset, exportWorld, standard } from './exportsFixture.ts';

const users = datasetNameSchema.parse('users');

function emails(central: EngineSite): string[] {
  return central.withRecords((records) =>
    records
      .rows({ dataset: users, set: standard, limit: 100 })
      .rows.map(({ values }) => String(values['email'])),
  );
}

function drop(store: EngineSite, name: string, content: string): void {
  writeFileSync(join(store.dataDir, 'outgoing/sign-ups', name), content);
}

describe('a channel that fills a dataset', () => {
  it('adds the rows of CSVs and JSON lines once, and tells those with errors', async () => {
    const office = await officeOfEngines();
    const { central } = office;
    const store = await office.addStore('0001');
    drop(store, 'before.csv', 'email\r\nbefore@example.com\r\n');
    await store.transmit();
    await central.transmit();
    await central.withEngine((engine) =>
      engine.ask('appends.save', {
        append: { channel: 'sign-ups', dataset: 'users', set: 'default' },
      }),
    );
    drop(store, 'a.csv', 'email;name\nada@example.com;Ada\nno-email;Nobody\n\nbob@example.com;Bob\n');
    drop(store, 'b.jsonl', '{"email":"eve@example.com","name":"Eve"}\nnonsense\n{"shoe-size":43}\n');
    drop(store, 'c.csv', 'shoe-size\n43\n');
    await store.transmit();
    const run = await central.transmit();
    const told = run.attention.map(({ text }) => text).join('\n');
    expect(emails(central)).toEqual(
      expect.arrayContaining(['ada@example.com', 'bob@example.com', 'eve@example.com']),
    );
    expect(emails(central)).not.toContain('before@example.com');
    expect(told).toContain('b.jsonl from 0001');
    expect(told).toContain('c.csv from 0001 was not added');
    const report = join(central.dataDir, 'incoming/sign-ups/0001/b.jsonl.report.csv');
    expect(readFileSync(report, 'utf8').split('\r\n').slice(0, 2)).toEqual([
      'line,column,value,reason',
      '2,,nonsense,"The line is not a JSON object of texts, numbers, true, false and null."',
    ]);
    const once = emails(central);
    await central.transmit();
    expect(emails(central)).toEqual(once);
  });

  it('goes on after a kill about any record, and neither loses nor doubles one', () => {
    const world = exportWorld(createFakeClock());
    const file = {
      packet: 'p',
      fileIndex: 0,
      from: siteNameSchema.parse('0001'),
      path: 'a.csv',
      targetPath: '/a.csv',
    };
    // Only these two are looked at.
    const run = { ledger: world.ledger, clock: world.clock } as RunContext;
    const adder = () =>
      createRowAdder({ run, records: world.records, dataset: enquiriesDataset, set: standard, file });
    const questions = ['one', 'two', 'two', 'three'];
    const addFrom = (from: ReturnType<typeof adder>, stopAfter: number) => {
      for (const question of questions.slice(0, stopAfter)) from.add(1, { question });
      return from;
    };
    // Killed after the third was added: the ledger has the intent of it only.
    addFrom(adder(), 3);
    // Killed between the intent of the fourth and its adding.
    world.ledger.commit('killed', ({ appends }) => {
      const row = appends.get('p', 0);
      if (row !== undefined) appends.put({ ...row, nextRecord: 4, rowsBefore: 3, added: 3 });
    });
    const last = addFrom(adder(), 4);
    expect(last.added).toBe(4);
    const again = addFrom(adder(), 4);
    expect(again.added).toBe(4);
    const { rows } = world.records.rows({ dataset: enquiriesDataset.name, set: standard });
    expect(rows.map(({ values }) => values['question'])).toEqual(questions);
  });
});
