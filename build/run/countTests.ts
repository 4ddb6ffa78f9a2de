import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What is read of vitest's JSON report. */
const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * `123 passed, 0 failed`, and the skipped if any: vitest's own count of tests. A test file that could not be loaded,
 * and every other check that failed (types, lint, …), counts as one failed, so that the line never says 0 failed
 * over a red run.
 */
export function countTests(reportFile: string, vitestOk: boolean, failedChecks: number): string {
  const counts = readCounts(reportFile);
  const failed = Math.max(counts.failed, vitestOk ? 0 : 1) + failedChecks;
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  return `${counts.passed} passed, ${failed} failed${skipped}`;
}

function readCounts(reportFile: string): { passed: number; failed: number; skipped: number } {
  let text: string;
  try {
    text = readFileSync(reportFile, 'utf8');
  } catch {
    // vitest did not get as far as a report.
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = reportSchema.parse(JSON.parse(text));
  const notLoaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + notLoaded,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
