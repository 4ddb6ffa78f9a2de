import { writeSync } from 'node:fs';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { openRecords } from '../../electron/records/openRecords.ts';
import { marks, rowsOfMark } from './markedRows.ts';

const [path = ''] = process.argv.slice(2);
const records = openRecords({ path, clock: systemClock, random: systemRandom, readOnly: true });
const faults: string[] = [];
let reads = 0;
let longestMs = 0;
let last = 0;
let isOver = false;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();

/** What one reading shows must be one edition, whole, and never an older one than before. */
function look(how: string, seen: Iterable<{ readonly values: Readonly<Record<string, unknown>> }>): void {
  let mark: unknown;
  let rows = 0;
  for (const { values } of seen) {
    mark ??= values['mark'];
    if (values['mark'] !== mark)
      faults.push(`${how}: ${String(mark)} and ${String(values['mark'])} together`);
    rows += 1;
  }
  if (typeof mark !== 'number') faults.push(`${how}: nothing was there`);
  else {
    if (rows !== rowsOfMark(mark)) faults.push(`${how}: ${rows} rows of mark ${mark}`);
    if (mark < last) faults.push(`${how}: mark ${mark} after ${last}`);
    last = mark;
  }
}

writeSync(1, 'reading\n');
while (!isOver && faults.length < 10) {
  const startMs = systemClock.monotonic();
  const page = records.rows({ dataset: marks.name, limit: 1 });
  longestMs = Math.max(longestMs, systemClock.monotonic() - startMs);
  const mark = Number(page.rows[0]?.values['mark']);
  if (page.total !== rowsOfMark(mark)) faults.push(`page: ${page.total} rows of mark ${mark}`);
  look('each', records.each({ dataset: marks.name }));
  reads += 1;
  // The processor is the publishing process's, too.
  await systemClock.sleep(2);
}
records.close();
process.stdout.write(`${JSON.stringify({ faults, reads, last, longestMs })}\n`);
