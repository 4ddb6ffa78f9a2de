import { ExchangeError } from '../../../shared/errors.ts';
import type { Office } from '../../../shared/office.ts';

export function foreignOffice(office: Office): ExchangeError {
  return new ExchangeError({
    code: 'foreign-office',
    class: 'fix',
    message: `This home directory belongs to another office (${office.name}).`,
    advice: 'Check Host, Username and Home Dir. Each office needs a home directory of its own.',
  });
}

export function secondCentral(): ExchangeError {
  return new ExchangeError({
    code: 'foreign-office',
    class: 'fix',
    message: 'Another installation is already the central site of this office.',
    advice:
      'An office has exactly one central site. If this machine replaces the former one, set it up with its GUID (branchline init --role central --guid … --office-id …).',
  });
}

export function unreadable(path: string, message: string): ExchangeError {
  return new ExchangeError({
    code: 'unreadable-office-file',
    class: 'fix',
    message: `${path} on the server cannot be read. ${message}`,
    advice:
      'Try again; if it stays so, look at the file with an FTP program. A newer Branchline may have written it.',
  });
}

export function lostFile(path: string): ExchangeError {
  return new ExchangeError({
    code: 'lost-file',
    class: 'retry',
    message: `${path} was written, but is not readable afterwards.`,
    advice: 'Run the self-check.',
  });
}
