import type { Dataset, RowIssue } from '../../../shared/dataset.ts';
import type { Stored } from '../values/columnReader.ts';
import { shown } from '../values/rowReader.ts';
import { KeySet } from './keySet.ts';

/** Values that no two rows of an edition share: the key, or a unique column. */
interface Rule {
  readonly places: readonly number[];
  readonly names: readonly string[];
  readonly isKey: boolean;
  readonly severity: 'error' | 'warning';
  readonly known: KeySet;
  /** Hash of the row under test; undefined where its value is empty, which two rows may have. */
  hash: number | undefined;
}

export interface UniqueRows {
  /** What the row that lies in `values` shares with an earlier one. */
  check(line: number, values: readonly Stored[], offset: number): readonly RowIssue[];
  /** Takes the row that was just checked. */
  add(number: number): void;
}

const inOrder: readonly RowIssue[] = [];

/** `storedOf` looks a value of an accepted row up. */
export function uniqueRows(
  dataset: Dataset,
  seed: () => number,
  storedOf: (number: number, column: number) => Stored,
): UniqueRows {
  const rules = rulesOf(dataset, seed);
  const offsetPlaces = { values: [] as readonly Stored[], offset: 0, rule: rules[0] };
  const isSame = (number: number): boolean => {
    const { values, offset, rule } = offsetPlaces;
    return rule?.places.every((place) => storedOf(number, place) === values[offset + place]) === true;
  };
  return {
    check(line, values, offset) {
      let issues: RowIssue[] | undefined;
      offsetPlaces.values = values;
      offsetPlaces.offset = offset;
      for (const rule of rules) {
        const [only] = rule.places;
        rule.hash = undefined;
        if (!rule.isKey && only !== undefined && values[offset + only] === null) continue;
        offsetPlaces.rule = rule;
        rule.hash = rule.known.hash(values, offset, rule.places);
        if (rule.known.find(rule.hash, isSame) === 0) continue;
        issues ??= [];
        issues.push(issueOf(rule, line, values, offset));
      }
      return issues ?? inOrder;
    },
    add(number) {
      for (const { hash, known } of rules) if (hash !== undefined) known.add(hash, number);
    },
  };
}

function rulesOf({ columns, key }: Dataset, seed: () => number): Rule[] {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const unique = columns.filter((column) => column.unique && !(key.length === 1 && key[0] === column.name));
  const rules: Rule[] = unique.map((column) => ({
    places: [place(column.name)],
    names: [column.name],
    isKey: false,
    severity: column.warnings.includes('unique') ? 'warning' : 'error',
    known: new KeySet(seed()),
    hash: undefined,
  }));
  if (key.length === 0) return rules;
  const whole: Rule = {
    places: key.map(place),
    names: key,
    isKey: true,
    severity: 'error',
    known: new KeySet(seed()),
    hash: undefined,
  };
  return [whole, ...rules];
}

function issueOf(rule: Rule, line: number, values: readonly Stored[], offset: number): RowIssue {
  const written = rule.places.map((place) => String(values[offset + place]));
  const [name = ''] = rule.names;
  return {
    severity: rule.severity,
    line,
    column: rule.names.length === 1 ? name : '',
    value: shown(written.join(', ')),
    reason: duplicateReason(rule.names),
  };
}

export function duplicateReason(names: readonly string[]): string {
  return names.length === 1
    ? `Another row has the same ${names[0]} already.`
    : `Another row has the same ${names.slice(0, -1).join(', ')} and ${names.at(-1)} already.`;
}
