import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { type Dataset, datasetSchema } from '../../../shared/dataset.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { type Answer, done } from '../answer.ts';
import type { Context } from '../context.ts';
import { usageError } from '../usageError.ts';

const mostBytes = 1024 * 1024;

export function addDataset(context: Context, path: string): Promise<Answer> {
  const schema = readSchema(path);
  return context.withEngine(async (engine) => {
    const { added } = await engine.ask('records.addDataset', { schema });
    return done({ dataset: schema.name, added }, [
      added
        ? `The dataset ${schema.name} was added, with ${schema.columns.length} columns.`
        : `The dataset ${schema.name} now has the columns of ${path}.`,
      `Add a row: branchline records add ${schema.name} ${schema.columns[0]?.name ?? 'column'}=…`,
    ]);
  });
}

/** Errors: file-not-found; invalid-dataset, naming the place in the file. */
function readSchema(path: string): Dataset {
  let json: unknown;
  try {
    if (statSync(path).size > mostBytes)
      throw usageError(`${path} is too large for a schema.`, 'Check its name.');
    json = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw invalid(`${path} is not JSON: ${error.message}`);
    }
    if (error instanceof ExchangeError) throw error;
    throw new ExchangeError({
      code: 'file-not-found',
      class: 'fix',
      message: `The file ${path} cannot be read.`,
      advice: 'Check its name and your right to read it.',
      cause: error,
    });
  }
  const parsed = datasetSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw invalid(`${path} does not describe a dataset:\n${z.prettifyError(parsed.error).slice(0, 2000)}`);
}

function invalid(message: string): ExchangeError {
  return new ExchangeError({
    code: 'invalid-dataset',
    class: 'fix',
    message,
    advice:
      'README, "Datasets", shows a schema file. An existing one: branchline datasets show rate-book --json',
  });
}
