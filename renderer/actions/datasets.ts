import { z } from 'zod';
import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { datasetSchema } from '../../shared/dataset.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { downloadText } from '../parts/downloadText.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { text } from '../text/en.ts';

export type CsvQuery = Omit<CallInput<'records.csv'>, 'at' | 'formulas'>;

/** Spreadsheet programs take a file for UTF-8 only when it begins with this mark. */
const byteOrderMark = '\uFEFF';
/** What a page can hold and hand over without trouble. */
const mostCharacters = 150_000_000;

/** Saves rows as a CSV file, piece by piece. Says what came of it. */
export async function exportRows(
  client: ContractClient,
  query: CsvQuery,
  watch: { readonly signal: AbortSignal; readonly onRows: (rows: number) => void },
): Promise<void> {
  const words = text.datasets;
  const pieces = [byteOrderMark];
  let characters = 0;
  let rows = 0;
  let at: CallInput<'records.csv'>['at'];
  do {
    const answer = await client.call('records.csv', { ...query, at });
    if (watch.signal.aborted) {
      notifyDone(words.exportStopped);
      return;
    }
    if (!answer.ok) {
      notifyFailure(answer.error);
      return;
    }
    pieces.push(answer.value.csv);
    characters += answer.value.csv.length;
    rows += answer.value.rows;
    watch.onRows(rows);
    if (characters > mostCharacters) {
      notifyFailure({ code: 'too-large', class: 'fix', ...words.exportTooLarge });
      return;
    }
    at = answer.value.next;
  } while (at !== undefined);
  downloadText(words.csvName(query.dataset), 'text/csv;charset=utf-8', pieces.join(''));
  notifyDone(words.exported(rows));
}

/** Adds a dataset by its schema file. */
export async function addDataset(
  client: ContractClient,
  file: Blob,
): Promise<{ readonly dataset: string } | { readonly error: ErrorReport }> {
  const words = text.datasets;
  const refuse = (advice: string) => ({
    error: { code: 'invalid-dataset', class: 'fix' as const, message: words.notASchema.message, advice },
  });
  let json: unknown;
  try {
    json = JSON.parse((await file.text()).replace(/^\uFEFF/, ''));
  } catch {
    return refuse(words.notASchema.notJson);
  }
  const schema = datasetSchema.safeParse(json);
  if (!schema.success) return refuse(z.prettifyError(schema.error).slice(0, 1000));
  const answer = await client.call('records.addDataset', { schema: schema.data });
  if (!answer.ok) return { error: answer.error };
  notifyDone((answer.value.added ? words.added : words.changed)(schema.data.name));
  return { dataset: schema.data.name };
}
