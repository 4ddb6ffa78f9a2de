import type { Column } from '../../../shared/dataset.ts';

/** What a column asks of its values, in plain words. */
export function describeColumn(column: Column, isKey: boolean): string {
  const { required, unique, min, max, maxLength, pattern, values, reference, warnings } = column;
  const rules = [
    isKey ? 'key' : required ? 'required' : undefined,
    unique ? 'unique' : undefined,
    min === undefined ? undefined : `at least ${min}`,
    max === undefined ? undefined : `at most ${max}`,
    maxLength === undefined ? undefined : `up to ${maxLength} characters`,
    values === undefined ? undefined : `one of ${values.join(', ')}`,
    pattern === undefined ? undefined : `of the form ${pattern}`,
    reference === undefined ? undefined : `known as ${reference.column} of ${reference.dataset}`,
    warnings.length === 0 ? undefined : `warning only: ${warnings.join(', ')}`,
  ];
  return rules.filter((rule) => rule !== undefined).join('; ');
}
