import type { CheckReport } from '../../../shared/views.ts';
import type { TransportFactory } from '../transport.ts';
import { type OpenWithStepsOptions, openWithSteps } from './openWithSteps.ts';

/**
 * Proves that we can connect and log in and that the home directory is there.
 *
 * Promise: changes nothing on the server. What stands in the way is told in the report, never thrown.
 */
export async function testConnection(
  factory: TransportFactory,
  options: OpenWithStepsOptions,
): Promise<CheckReport> {
  const { steps, encrypted, result } = await openWithSteps(factory, options);
  const server = factory.label;
  if (result.error !== undefined) {
    const verdict =
      result.error.class === 'cancelled' ? 'The test was interrupted.' : firstLine(result.error.message);
    return { ok: false, verdict, server, steps, error: result.error.report() };
  }
  await result.transport.close();
  const loggedIn = steps.some((step) => step.name === 'login');
  const inClear = loggedIn && !encrypted;
  const verdict = loggedIn
    ? `Connected and logged in, and the home directory is there${inClear ? '; the connection is not encrypted' : ''}.`
    : 'The home directory is there.';
  return { ok: true, verdict, server, steps, error: undefined };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
