import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly lines: readonly string[];
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
  if (only !== undefined && !/^[abc]+$/.test(only)) {
    throw new Error('--only takes letters of the lines to measure: a, b or c.');
  }
  return {
    lines: [...(only ?? 'abc')],
    smallFiles: quick ? 100 : 1000,
    largeBytes: quick ? 50_000_000 : 500_000_000,
    quick,
  };
}
