import type { Dataset } from '../../../shared/dataset.ts';
import { fix } from '../recordsErrors.ts';

/**
 * The dataset's column for each name of a header: by name or by title, however case, blanks, "-" and "_" are.
 *
 * Errors: wrong-header (fix): names that are missing, doubled or not known, all of them at once.
 */
export function matchHeader(dataset: Dataset, header: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const { name, title } of dataset.columns) if (title !== '') known.set(folded(title), name);
  for (const { name } of dataset.columns) known.set(folded(name), name);
  const found = header.map((written) => known.get(folded(written)));
  const problems: string[] = [];
  const unknown = header.filter((_written, index) => found[index] === undefined);
  if (unknown.length > 0)
    problems.push(`names what is not known, ${list(unknown.map((name) => `"${name.trim().slice(0, 60)}"`))}`);
  const doubled = dataset.columns.filter(({ name }) => found.filter((one) => one === name).length > 1);
  if (doubled.length > 0) problems.push(`has ${list(doubled.map(({ name }) => name))} more than once`);
  const missing = dataset.columns.filter(
    ({ name, required, warnings }) =>
      !found.includes(name) && (dataset.key.includes(name) || (required && !warnings.includes('required'))),
  );
  if (missing.length > 0) problems.push(`lacks ${list(missing.map(({ name }) => name))}`);
  if (problems.length === 0) return found.map((name) => name ?? '');
  throw fix(
    'wrong-header',
    `The header does not fit the dataset ${dataset.name}: it ${problems.join('; it ')}.`,
    `The columns are: ${dataset.columns.map(({ name }) => name).join(', ')}.`,
  );
}

function folded(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}

function list(names: readonly string[]): string {
  return names.length > 20
    ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more`
    : names.join(', ');
}
