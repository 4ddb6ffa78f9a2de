import { ExchangeError } from '../../../shared/errors.ts';
import type { StepNotes } from '../connectSteps.ts';
import { request } from './request.ts';
import type { SftpSession } from './sftpSession.ts';
import { folderIsThere } from './statFile.ts';
import { SftpRefusal } from './statusError.ts';

/**
 * Looks whether the home directory is there.
 *
 * Errors: home-not-found (fix).
 */
export async function enterHome(session: SftpSession, watched: boolean, notes: StepNotes): Promise<void> {
  const { homeDir } = session.ftp;
  if (session.home !== '' && !(await folderIsThere(session, ''))) throw homeNotFound(homeDir);
  notes.detail = watched ? await describeHome(session) : homeDir;
}

/**
 * '' and '/' are the directory that the log-in leads to, as with FTP; anything longer is taken as it is written:
 * from the root with a leading `/`, otherwise from the log-in directory.
 */
export function homePrefix(homeDir: string): string {
  return homeDir.replace(/\/+$/, '');
}

async function describeHome(session: SftpSession): Promise<string> {
  try {
    return await request(session, {
      what: 'asking for the home directory',
      send: (answered) => session.sftp.realpath(session.home === '' ? '.' : session.home, answered),
      read: (path) => (typeof path === 'string' ? path.replace(/\p{Cc}/gu, '?').slice(0, 500) : undefined),
    });
  } catch (error) {
    if (error instanceof SftpRefusal) return 'the log-in directory';
    throw error;
  }
}

function homeNotFound(homeDir: string): ExchangeError {
  return new ExchangeError({
    code: 'home-not-found',
    class: 'fix',
    message: `The home dir ${homeDir} is not on the server, or may not be entered.`,
    advice:
      'Check Home Dir in the FTP Configuration; leave it empty for the directory that the log-in leads to.',
  });
}
