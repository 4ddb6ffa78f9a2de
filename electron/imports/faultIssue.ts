import type { RowIssue } from '../../shared/dataset.ts';
import { boundedValue } from './issueTally.ts';
import type { FaultyRow } from './read/rowSource.ts';

/** What is wrong with a row that is no row of the dataset at all. */
export function faultIssue({ line, kind, fields, width }: FaultyRow): RowIssue {
  return { severity: 'error', line, column: '', value: boundedValue(fields.join(' ')), reason: reason() };

  function reason(): string {
    switch (kind) {
      case 'width':
        return `The row has ${count(fields.length)}, and the header has ${width}.`;
      case 'quotes':
        return 'A quoted field goes on after its closing quote: quotes within a field must be doubled.';
      case 'too-long':
        return 'The row is longer than 2,000,000 characters; only its beginning is shown.';
      case 'nul':
        return 'A field has a NUL character in it, which no text has.';
    }
  }
}

function count(fields: number): string {
  return fields === 1 ? 'one field' : `${fields} fields`;
}
