import { describe, test } from 'vitest';
import { type ServerName, whyServerMissing } from './serverAvailability.ts';

/**
 * A suite that needs a real server. Where the server is missing it is skipped by name; with CI=true it fails,
 * because a safety net that is not there must not look green.
 */
export function describeWithServer(name: ServerName, title: string, suite: () => void): void {
  const obstacle = whyServerMissing(name);
  const { CI } = process.env;
  if (obstacle === undefined) describe(title, suite);
  else if (CI === 'true') {
    describe(title, () => {
      test(`${name} is at hand`, () => {
        throw new Error(`${name} is missing: ${obstacle}.`);
      });
    });
  } else describe.skip(`${title} (${name} is missing: ${obstacle})`, suite);
}
