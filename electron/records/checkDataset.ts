import type { Column, Dataset } from '../../shared/dataset.ts';
import { fix } from './recordsErrors.ts';
import { readDate } from './values/readDate.ts';
import { safePattern } from './values/safePattern.ts';

/**
 * What a dataset's schema must hold beyond its form.
 *
 * Errors: invalid-dataset (fix), naming the column.
 */
export function checkDataset(dataset: Dataset, known: (name: string) => Dataset | undefined): void {
  for (const column of dataset.columns) {
    const problem =
      typeProblem(column) ??
      boundProblem(column) ??
      keyProblem(dataset, column) ??
      referenceProblem(dataset, column, known);
    if (problem !== undefined)
      throw invalidDataset(`The column ${column.name} of the dataset ${dataset.name} ${problem}`);
  }
}

function invalidDataset(message: string): Error {
  return fix('invalid-dataset', message, 'Correct the schema file and add it again.');
}

function typeProblem({ type, values, maxLength, pattern }: Column): string | undefined {
  const isText = type === 'text' || type === 'one-of';
  if (type === 'one-of' && values === undefined) return 'is a "one-of" without "values".';
  if (type === 'boolean' && values !== undefined) return 'is a "boolean" and cannot have "values".';
  if (type === 'integer' && values?.some((value) => !/^-?\d{1,15}$/.test(value)) === true)
    return 'is an "integer" whose "values" are not all whole numbers.';
  if (!isText && maxLength !== undefined) return `is no text and cannot have a "maxLength".`;
  if (pattern === undefined) return undefined;
  const safe = safePattern(pattern);
  return 'refused' in safe ? `has a "pattern" that cannot be used. ${safe.refused}` : undefined;
}

function boundProblem({ type, min, max }: Column): string | undefined {
  for (const [name, bound] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (bound === undefined) continue;
    if (type !== 'integer' && type !== 'decimal' && type !== 'date')
      return `has a "${name}", which only integers, decimals and dates can have.`;
    if (
      type === 'date'
        ? typeof bound !== 'string' || readDate(bound, 'year-month-day') !== bound
        : typeof bound === 'string'
    )
      return `has a "${name}" of another type than its own.`;
  }
  return min !== undefined && max !== undefined && min > max ? 'has a "min" above its "max".' : undefined;
}

function keyProblem({ key }: Dataset, { name, warnings }: Column): string | undefined {
  if (!key.includes(name)) return undefined;
  const soft = warnings.find((constraint) => ['type', 'required', 'length'].includes(constraint));
  return soft === undefined ? undefined : `is part of the key: "${soft}" cannot be a warning only.`;
}

function referenceProblem(
  { name: own }: Dataset,
  { reference, type }: Column,
  known: (name: string) => Dataset | undefined,
): string | undefined {
  if (reference === undefined) return undefined;
  if (reference.dataset === own) return 'refers to its own dataset.';
  const target = known(reference.dataset)?.columns.find(({ name }) => name === reference.column);
  if (target === undefined)
    return `refers to ${reference.column} of ${reference.dataset}, which is not there.`;
  const kind = (of: Column['type']) => (of === 'one-of' ? 'text' : of);
  return kind(target.type) === kind(type)
    ? undefined
    : `refers to a column of another type (${target.type}).`;
}
