import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly lines: readonly string[];
  /** Measure the windows, too. */
  readonly windows: boolean;
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
  if (only !== undefined && !/^([abc]+|ui)$/.test(only)) {
    throw new Error('--only takes letters of the lines to measure (a, b, c), or ui for the windows.');
  }
  return {
    lines: only === 'ui' ? [] : [...(only ?? 'abc')],
    windows: only === undefined || only === 'ui',
    smallFiles: quick ? 100 : 1000,
    largeBytes: quick ? 50_000_000 : 500_000_000,
    quick,
  };
}
