import { ExchangeError } from '../../shared/errors.ts';

/** A fatal error of an import: the whole file is refused, and what was published stays. */
export function importError(code: string, message: string, advice = ''): ExchangeError {
  return new ExchangeError({ code, class: 'fix', message, advice });
}

/** A name from outside, as it may stand in a sentence. */
export function quoted(name: string): string {
  const plain = name.replaceAll(/\p{C}/gu, '?');
  return `"${plain.length > 100 ? `${plain.slice(0, 100)}…` : plain}"`;
}
