import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { nextTurn, systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { markedRows, marks, rowsOfMark } from './markedRows.ts';
import { standard, temporaryFolder } from './recordsFixture.ts';

/** Each of the 13 moments twice. */
const rounds = 26;
/** Some fifty processes are started: on a busy machine that takes its time. */
const patienceMs = 240_000;

/** Kills a publishing process once it has said `count` lines; returns the last mark it said to be published. */
async function killAfter(path: string, first: number, count: number): Promise<number> {
  const script = join(import.meta.dirname, 'publishForever.ts');
  const child = spawn(process.execPath, [script, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let said = 0;
  let published = first - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, mark] = line.split(' ');
    if (what === 'published') published = Number(mark);
    said += 1;
    if (said === count) child.kill('SIGKILL');
  }
  await exited;
  return published;
}

interface Seen {
  readonly faults: readonly string[];
  readonly reads: number;
}

/** A process that reads and reads, until it is stopped and tells what it saw. */
async function startReader(path: string): Promise<{ stop(): Promise<Seen> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'readForever.ts'), path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    async stop() {
      child.stdin.end();
      const { value } = await lines.next();
      // The reader's one line, as readForever.ts writes it.
      return JSON.parse(String(value)) as Seen;
    },
  };
}

function stageMark(path: string): void {
  const records = openRecords({ path, clock: systemClock, random: systemRandom });
  records.addDataset(marks);
  const staging = records.stage(marks.name, standard, 'mark 1', ['id', 'mark']);
  for (const row of markedRows(1)) staging.add(2, row);
  staging.finish();
  records.publish(marks.name, standard, staging.editionId, 1);
  records.close();
}

it('a kill at any moment leaves exactly one complete edition, and a reader sees whole ones only', {
  timeout: patienceMs,
}, async () => {
  const path = join(temporaryFolder(), 'records.db');
  stageMark(path);
  const reader = await startReader(path);
  let last = 1;
  for (let round = 0; round < rounds; round += 1) {
    // Within staging, finishing, publishing and removing, in the first editions of a process and in later ones.
    const said = await killAfter(path, last + 1, 1 + ((round * 5) % 13));
    const records = openRecords({ path, clock: systemClock, random: systemRandom });
    try {
      const rows = [...records.each({ dataset: marks.name })];
      const mark = Number(rows[0]?.values['mark']);
      // The one being published when the signal came may have become durable before it could be said.
      expect([said, said + 1]).toContain(mark);
      expect(rows.length).toBe(rowsOfMark(mark));
      expect(rows.every(({ values }, index) => values['mark'] === mark && values['id'] === index + 1)).toBe(
        true,
      );
      expect(records.editions(marks.name, standard).map(({ state }) => state)).toEqual(
        ['published', 'archived'].slice(0, mark > 1 ? 2 : 1),
      );
      last = mark;
    } finally {
      records.close();
    }
  }
  const { faults, reads } = await reader.stop();
  expect(faults).toEqual([]);
  expect(reads).toBeGreaterThan(rounds);

  const records = openRecords({ path, clock: systemClock, random: systemRandom });
  const tables = () => {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return db.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'rows_%' AND type = 'table'`).all()
        .length;
    } finally {
      db.close();
    }
  };
  while (tables() > 2) await nextTurn();
  records.close();
  expect(tables()).toBe(2);
});
