import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Dataset, RowIssue } from '../../../../shared/dataset.ts';
import { faultIssue } from '../../../imports/faultIssue.ts';
import { openImportFile } from '../../../imports/read/openImportFile.ts';
import { readCsv } from '../../../imports/read/readCsv.ts';
import type { RowAdder } from './addRows.ts';

const jsonName = /\.(?:jsonl|ndjson|json)$/i;

/**
 * Reads a file of rows: JSON lines by its name, otherwise one CSV or a ZIP of CSVs.
 *
 * Errors: fix: those of readCsv and openImportFile; Node's own file errors.
 */
export async function readArrived(path: string, dataset: Dataset, adder: RowAdder): Promise<void> {
  if (jsonName.test(path)) return await readJsonLines(path, adder);
  const names = dataset.columns.map(({ name }) => name);
  const opened = await openImportFile(path, basename(path));
  try {
    for await (const file of opened.files()) {
      await readCsv(file, dataset, 'automatic', {
        begin: () => undefined,
        row: ({ line, texts }) =>
          adder.add(line, Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']))),
        fault: (fault) => adder.refuse(faultIssue(fault)),
      });
    }
  } finally {
    opened.close();
  }
}

const objectSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

async function readJsonLines(path: string, adder: RowAdder): Promise<void> {
  const lines = createInterface({
    input: createReadStream(path, { encoding: 'utf8' }),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const parsed = objectSchema.safeParse(parseJson(text));
    if (parsed.success) {
      const values = Object.entries(parsed.data).map(([name, value]) => [
        name,
        value === null ? '' : String(value),
      ]);
      adder.add(line, Object.fromEntries(values));
    } else adder.refuse(notAnObject(line, text));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notAnObject(line: number, text: string): RowIssue {
  return {
    severity: 'error',
    line,
    column: '',
    value: text.slice(0, 200),
    reason: 'The line is not a JSON object of texts, numbers, true, false and null.',
  };
}
