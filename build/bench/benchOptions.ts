import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly lines: readonly string[];
  /** Measure the windows, too. */
  readonly windows: boolean;
  /** Rows of the import to measure; undefined where none is. */
  readonly importRows: number | undefined;
  readonly smallFiles: number;
  readonly largeBytes: number;
  readonly quick: boolean;
}

/** Errors: Error for an argument that means nothing. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const { only, quick } = values;
  if (only !== undefined && !/^([abc]+|ui|import)$/.test(only)) {
    throw new Error('--only takes letters of the lines to measure (a, b, c), ui for the windows, or import.');
  }
  return {
    lines: only === 'ui' || only === 'import' ? [] : [...(only ?? 'abc')],
    windows: only === undefined || only === 'ui',
    importRows: only === undefined || only === 'import' ? (quick ? 200_000 : 1_000_000) : undefined,
    smallFiles: quick ? 100 : 1000,
    largeBytes: quick ? 50_000_000 : 500_000_000,
    quick,
  };
}
