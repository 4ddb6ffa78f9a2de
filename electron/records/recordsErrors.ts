import { ExchangeError } from '../../shared/errors.ts';

/** Something that a person must change: class `fix`. */
export function fix(code: string, message: string, advice: string): ExchangeError {
  return new ExchangeError({ code, class: 'fix', message, advice });
}
