import { writeSync } from 'node:fs';
import { nextTurn, systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { markedRows, marks, rowsOfMark } from './markedRows.ts';
import { standard } from './recordsFixture.ts';

const [path = '', first = '1'] = process.argv.slice(2);
const records = openRecords({ path, clock: systemClock, random: systemRandom });

// Says what it does before each step: whoever kills it knows about where it was. A mark is said to be published only
// once publishing has returned.
for (let mark = Number(first); ; mark += 1) {
  writeSync(1, `staging ${mark}\n`);
  const staging = records.stage(marks.name, standard, `mark ${mark}`, ['id', 'mark']);
  for (const row of markedRows(mark)) staging.add(Number(row[0]) + 1, row);
  writeSync(1, `finishing ${mark}\n`);
  staging.finish();
  if (staging.rows !== rowsOfMark(mark)) throw new Error(`Mark ${mark} has ${staging.rows} rows.`);
  writeSync(1, `publishing ${mark}\n`);
  records.publish(marks.name, standard, staging.editionId, 1);
  writeSync(1, `published ${mark}\n`);
  // What is not kept is removed in turns of the event loop.
  for (let turn = 0; turn < 4; turn += 1) await nextTurn();
}
