// Reads the published rate book over and over beside an import, until its input ends; says how long it ever waited.
import { nextTurn, systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { datasetNameSchema, setNameSchema } from '../../shared/dataset.ts';

const [path = '', least = '0'] = process.argv.slice(2);
const records = openRecords({ path, clock: systemClock, random: systemRandom, readOnly: true });
const question = {
  dataset: datasetNameSchema.parse('rate-book'),
  set: setNameSchema.parse('default'),
  limit: 50,
};
const editions = new Set<number>();
let isOver = false;
let reads = 0;
let longestMs = 0;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();
process.stdout.write('reading\n');
while (!isOver) {
  const startMs = systemClock.monotonic();
  const { rows, total } = records.rows(question);
  longestMs = Math.max(longestMs, systemClock.monotonic() - startMs);
  if (rows.length !== question.limit || total < Number(least)) throw new Error(`There were ${total} rows.`);
  editions.add(total);
  reads += 1;
  await systemClock.sleep(1);
  await nextTurn();
}
records.close();
process.stdout.write(`${JSON.stringify({ reads, longestMs, editions: editions.size })}\n`);
