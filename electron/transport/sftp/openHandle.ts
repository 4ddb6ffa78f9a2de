import ssh2 from 'ssh2';
import { bareYes, request } from './request.ts';
import { type SftpSession, serverPath } from './sftpSession.ts';

/** What a handle is opened for: the flags of SSH_FXP_OPEN. Source: filexfer-02 §6.3. */
const { READ, WRITE, CREAT, TRUNC } = ssh2.utils.sftp.OPEN_MODE;
const modes = { read: READ, replace: WRITE | CREAT | TRUNC, continue: WRITE } as const;

/** Opens a file. Errors: SftpRefusal. */
export function openFile(session: SftpSession, path: string, mode: keyof typeof modes): Promise<Buffer> {
  return request(session, {
    what: `opening ${path}`,
    send: (answered) => session.sftp.open(serverPath(session, path), modes[mode], answered),
    read: readHandle,
  });
}

export function openFolder(session: SftpSession, folder: string): Promise<Buffer> {
  return request(session, {
    what: `opening ${folder}`,
    send: (answered) => session.sftp.opendir(serverPath(session, folder), answered),
    read: readHandle,
  });
}

export function closeHandle(session: SftpSession, handle: Buffer, what: string): Promise<true> {
  return request(session, {
    what,
    send: (answered) => session.sftp.close(handle, answered),
    read: bareYes,
  });
}

function readHandle(answer: unknown): Buffer | undefined {
  return Buffer.isBuffer(answer) ? answer : undefined;
}
