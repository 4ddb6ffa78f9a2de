import fc from 'fast-check';
import { test } from 'vitest';

/** FUZZ_SEED repeats a run; FUZZ_SCALE makes it longer. */
export const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const scale = Number(process.env['FUZZ_SCALE'] ?? 1);

/** Beyond this much of the processor, one case counts as a hang. Most take less than a thousandth of it. */
const mostCpuMs = 5000;

/** Runs a check over many made-up inputs. The title tells the seed. */
export function fuzzTest<T>(
  title: string,
  cases: number,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => void | Promise<void>,
): void {
  const numRuns = Math.ceil(cases * scale);
  test(`${title} (${numRuns} cases, seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const before = process.cpuUsage();
        await check(input);
        const { user, system } = process.cpuUsage(before);
        const spentMs = (user + system) / 1000;
        if (spentMs > mostCpuMs) throw new Error(`One case took ${Math.round(spentMs)} ms of the processor.`);
      }),
      { seed, numRuns, endOnFailure: process.env['FUZZ_SHRINK'] === undefined },
    );
  }, 300_000);
}

type ErrorType = abstract new (...args: never[]) => Error;

/** The outcome, where a refusal of one of these types is as good as a result. Anything else is a crash. */
export async function resultOrRefusal<T>(
  work: () => T | Promise<T>,
  ...refusals: readonly ErrorType[]
): Promise<{ readonly value: T } | { readonly refusal: Error }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof Error && refusals.some((type) => error instanceof type)) return { refusal: error };
    throw new Error(`It threw what nobody expects: ${String(error)}`, { cause: error });
  }
}
