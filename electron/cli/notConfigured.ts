import { ExchangeError } from '../../shared/errors.ts';

/** There is no site in this data directory, and how to make one. */
export function notConfigured(dataDir: string): ExchangeError {
  return new ExchangeError({
    code: 'not-configured',
    class: 'fix',
    message: `Branchline is not set up in ${dataDir}.`,
    advice:
      'Set it up with: branchline init --role store --number 0012 --name "Riverside"; or name another folder with --data-dir.',
  });
}
