import { expect } from 'vitest';
import { type ErrorClass, ExchangeError } from '../../../shared/errors.ts';

/** Waits for a call that must fail, with one of the codes and in the class; returns its error. */
export async function expectRefusal(
  call: Promise<unknown>,
  codes: string | readonly string[],
  errorClass: ErrorClass,
): Promise<ExchangeError> {
  const error = await call.then(
    (value) => {
      throw new Error(`It was expected to fail with ${String(codes)}, but gave ${JSON.stringify(value)}.`);
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof ExchangeError)) throw error;
  expect([...[codes].flat()], `${error.code}: ${error.message}`).toContain(error.code);
  expect(error.class, error.message).toBe(errorClass);
  return error;
}
