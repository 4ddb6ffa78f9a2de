import { request } from './request.ts';
import { type SftpSession, serverPath } from './sftpSession.ts';

/** Room in the home directory's file system, where the server has statvfs@openssh.com. A quota does not show in it. */
export async function freeBytes(session: SftpSession): Promise<number | undefined> {
  const { knowledge, sftp } = session;
  if (!knowledge.freeBytes) return undefined;
  try {
    return await request(session, {
      what: 'asking for the free room',
      send: (answered) => sftp.ext_openssh_statvfs(serverPath(session, ''), answered),
      read: readFree,
    });
  } catch (error) {
    // The library throws before anything is sent where the server does not offer it; a refusal comes to the same.
    if (session.connection.failure !== undefined) throw error;
    knowledge.freeBytes = false;
    return undefined;
  }
}

function readFree(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const blocks: unknown = Reflect.get(answer, 'f_bavail');
  const blockBytes: unknown = Reflect.get(answer, 'f_frsize');
  if (typeof blocks !== 'number' || typeof blockBytes !== 'number') return undefined;
  const free = blocks * blockBytes;
  return Number.isFinite(free) && free >= 0 ? Math.min(free, Number.MAX_SAFE_INTEGER) : undefined;
}
