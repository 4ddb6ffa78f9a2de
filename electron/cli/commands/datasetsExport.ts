import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { columnNameSchema, setNameSchema } from '../../../shared/dataset.ts';
import { throwIfCancelled } from '../../../shared/errors.ts';
import { type Answer, done, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatCount } from '../output/formatAmounts.ts';
import { usageError } from '../usageError.ts';
import { readDatasetName } from './datasetsList.ts';

export interface DatasetsExportOptions {
  readonly set?: string;
  readonly edition?: string;
  readonly search?: string;
  readonly where: readonly string[];
  readonly out?: string;
  readonly raw?: true;
}

type Query = CallInput<'records.csv'>;

/** Errors: usage; unknown-dataset, unknown-column, edition-gone; those of the local disk. */
export function exportDataset(
  context: Context,
  typed: string,
  options: DatasetsExportOptions,
): Promise<Answer> {
  const { out } = options;
  const query = readQuery(typed, options);
  if (context.options.json && out === undefined) {
    throw usageError('With --json the rows need a file of their own.', 'Name it: --out rows.csv');
  }
  if (out === undefined) {
    return context.withEngine(async (engine) => {
      const rows = await readPieces(
        context,
        query,
        (next) => engine.ask('records.csv', next),
        (csv) => context.parts.stdout.write(csv),
      );
      context.say(`${formatCount(rows, 'row', 'rows')}.`);
      return listing({ rows }, []);
    });
  }
  return context.withEngine(async (engine) => {
    const rows = await writeWhole(out, (write) =>
      readPieces(context, query, (next) => engine.ask('records.csv', next), write),
    );
    return done({ rows, file: out }, [`${formatCount(rows, 'row', 'rows')} written to ${out}.`]);
  });
}

function readQuery(typed: string, options: DatasetsExportOptions): Query {
  const { set, edition, search, raw } = options;
  return {
    dataset: readDatasetName(typed),
    ...(set === undefined ? {} : { set: readSetName(set) }),
    ...(edition === undefined ? {} : { editionId: edition }),
    ...(search === undefined ? {} : { search }),
    filters: options.where.map(readFilter),
    formulas: raw === true ? 'keep' : 'neutralise',
  };
}

/** Errors: usage. */
export function readSetName(typed: string) {
  const set = setNameSchema.safeParse(typed);
  if (set.success) return set.data;
  throw usageError(`${JSON.stringify(typed)} is no name of a set.`, 'Names are like: default, custom-123');
}

function readFilter(typed: string) {
  const at = typed.indexOf('=');
  const column = columnNameSchema.safeParse(typed.slice(0, at));
  if (at > 0 && column.success) {
    return { column: column.data, operator: 'is' as const, value: typed.slice(at + 1) };
  }
  throw usageError(`${JSON.stringify(typed)} is no condition.`, 'Write it like: --where store=0012');
}

async function readPieces(
  context: Context,
  query: Query,
  ask: (query: Query) => Promise<{ csv: string; rows: number; next?: Query['at'] }>,
  write: (csv: string) => void,
): Promise<number> {
  let rows = 0;
  let at: Query['at'];
  do {
    throwIfCancelled(context.parts.signal);
    const piece = await ask({ ...query, at });
    write(piece.csv);
    rows += piece.rows;
    at = piece.next;
    context.showStep(`${formatCount(rows, 'row', 'rows')} written`);
  } while (at !== undefined);
  context.eraseProgress();
  return rows;
}

/** Writes a file that is there whole or not at all: under another name first. */
async function writeWhole(
  path: string,
  fill: (write: (text: string) => void) => Promise<number>,
): Promise<number> {
  const partial = `${path}.part`;
  const file = openSync(partial, 'w', 0o600);
  let rows: number;
  try {
    rows = await fill((text) => writeSync(file, text));
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(partial, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(partial, path);
  return rows;
}
