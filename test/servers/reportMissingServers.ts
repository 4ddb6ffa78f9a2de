import { serverNames, whyServerMissing } from './serverAvailability.ts';

/** For vitest's globalSetup: names the servers whose suites were skipped, after the results. */
export function teardown(): void {
  for (const name of serverNames) {
    const obstacle = whyServerMissing(name);
    if (obstacle !== undefined) process.stderr.write(`Skipped: every suite against ${name} (${obstacle}).\n`);
  }
}
