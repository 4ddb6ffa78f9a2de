import type { Fault } from '../../electron/transport/decorators/fault.ts';
import { ExchangeError } from '../../shared/errors.ts';

/** The errors that the transport reports in these cases. */
export function lost(): ExchangeError {
  return new ExchangeError({ code: 'connection-lost', class: 'retry', message: 'The connection was lost.' });
}

export function full(): Fault {
  const error = new ExchangeError({ code: 'no-room', class: 'full', message: 'The server is full.' });
  return { kind: 'fail', when: 'before', error };
}
