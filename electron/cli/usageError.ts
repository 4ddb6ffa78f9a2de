import { ExchangeError } from '../../shared/errors.ts';

/** What was typed makes no sense: what, where, and what to type instead. */
export function usageError(message: string, advice: string): ExchangeError {
  return new ExchangeError({ code: 'usage', class: 'fix', message, advice });
}
