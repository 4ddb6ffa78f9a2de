import { z } from 'zod';
import { type CallInput, type CallName, type CallOutput, calls } from '../../shared/contract/calls.ts';
import { ExchangeError } from '../../shared/errors.ts';

type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;

/** One function for each call of the contract. */
export type Handlers = {
  readonly [N in CallName]: (input: ParsedInput<N>) => Promise<CallOutput<N>> | CallOutput<N>;
};

/**
 * Has a call answered by its handler.
 *
 * Promise: what does not parse is refused before the handler sees it.
 * Errors:  invalid-input (fix); what the handler throws.
 */
export async function answerCall<N extends CallName>(
  handlers: Pick<Handlers, N>,
  name: N,
  input: CallInput<N> | unknown,
): Promise<CallOutput<N>> {
  const parsed = calls[name].input.safeParse(input);
  if (!parsed.success) throw refused(z.prettifyError(parsed.error).slice(0, 2000));
  // The input was parsed by this call's own schema; TypeScript cannot follow that through the table.
  return await handlers[name](parsed.data as ParsedInput<N>);
}

export function refused(message: string): ExchangeError {
  return new ExchangeError({
    code: 'invalid-input',
    class: 'fix',
    message,
    advice: 'Correct it and try again.',
  });
}
