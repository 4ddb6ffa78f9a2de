import type { RowIssue } from '../../shared/dataset.ts';
import type { ImportIssue } from '../../shared/importReport.ts';

/** Kinds of trouble that a report names; further ones are counted. */
const mostKinds = 200;
const mostSamples = 10;
const mostValueLength = 200;

interface Kind extends Omit<ImportIssue, 'samples' | 'count'> {
  count: number;
  readonly samples: { line: number; value: string }[];
}

const severities = ['error', 'warning', 'notice'];

/** Gathers what is wrong by column and reason. Memory is bounded, whatever a file holds. */
export class IssueTally {
  readonly #kinds = new Map<string, Kind>();
  #more = 0;
  warnings = 0;
  notices = 0;

  add(file: string, issue: RowIssue): void {
    if (issue.severity === 'warning') this.warnings += 1;
    if (issue.severity === 'notice') this.notices += 1;
    const { severity, column, reason } = issue;
    const key = `${severity}\n${file}\n${column}\n${reason}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      if (this.#kinds.size >= mostKinds) {
        this.#more += 1;
        return;
      }
      kind = { severity, file, column, reason, count: 0, samples: [] };
      this.#kinds.set(key, kind);
    }
    kind.count += 1;
    if (kind.samples.length < mostSamples) {
      kind.samples.push({ line: issue.line, value: boundedValue(issue.value) });
    }
  }

  /** Errors first, the most frequent before the others. */
  issues(): ImportIssue[] {
    return [...this.#kinds.values()].sort(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count,
    );
  }

  /** Of kinds that the report has no room for. */
  get more(): number {
    return this.#more;
  }
}

/** A copy: a part of a text would keep the whole piece of the file in memory. */
export function boundedValue(value: string): string {
  const part = value.length > mostValueLength ? `${value.slice(0, mostValueLength)}…` : value;
  return Buffer.from(part).toString();
}
