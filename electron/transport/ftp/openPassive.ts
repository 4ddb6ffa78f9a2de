import { connect, isIPv4, type Socket } from 'node:net';
import { ExchangeError } from '../../../shared/errors.ts';
import { connectionLost } from '../transportErrors.ts';
import { type DataConnection, dataConnection } from './dataConnection.ts';
import { isSuccess } from './ftpReply.ts';
import type { FtpSession } from './ftpSession.ts';
import { type HostAndPort, parseEpsvReply, parsePasvReply } from './passiveReply.ts';
import { choosePassiveHost, plainAddress } from './passiveTarget.ts';
import { badReply, replyError } from './replyError.ts';

/**
 * Asks the server to listen and connects to it: EPSV, then PASV.
 *
 * Promise: until one of the two has led to a connection, the connection is waited for, so that the other can
 *          be tried. After that the caller may send its command while TCP is still connecting.
 * Errors:  bad-reply, foreign-data-address (fix), timed-out, connection-lost.
 */
export async function openPassive(session: FtpSession): Promise<DataConnection> {
  const { knowledge, control } = session;
  const controlHost = plainAddress(control.socket.remoteAddress ?? '');
  if (knowledge.passive !== undefined) {
    const target = await askTarget(session, knowledge.passive, controlHost);
    if (target instanceof ExchangeError) {
      knowledge.passive = undefined;
      throw target;
    }
    const data = dial(session, target);
    data.connected.catch(() => {
      knowledge.passive = undefined;
    });
    return data;
  }
  const commands = isIPv4(controlHost) ? (['EPSV', 'PASV'] as const) : (['EPSV'] as const);
  let failure: unknown;
  for (const command of commands) {
    const target = await askTarget(session, command, controlHost);
    if (target instanceof ExchangeError) {
      failure = target;
      continue;
    }
    const data = dial(session, target);
    try {
      await data.connected;
      knowledge.passive = command;
      return data;
    } catch (error) {
      data.abandon();
      failure = error;
      if (control.failure !== undefined) throw error;
    }
  }
  throw failure;
}

/** Where to connect to. A refusal is returned, not thrown: the other command may do. */
async function askTarget(
  session: FtpSession,
  command: 'EPSV' | 'PASV',
  controlHost: string,
): Promise<HostAndPort | ExchangeError> {
  const { control, ftp } = session;
  const reply = await control.request(command);
  const quoted = control.quote(reply);
  if (!isSuccess(reply)) return replyError(reply, quoted, `${command}, to open a data connection`);
  if (command === 'EPSV' && reply.code === 229) {
    const port = parseEpsvReply(reply.text);
    if (port !== undefined) return { host: controlHost, port };
  }
  if (command === 'PASV' && reply.code === 227) {
    const target = parsePasvReply(reply.text);
    if (target !== undefined) {
      return { host: choosePassiveHost(target.host, controlHost, ftp.passiveAddress), port: target.port };
    }
  }
  return badReply(quoted, command);
}

function dial(session: FtpSession, { host, port }: HostAndPort): DataConnection {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const seconds = session.ftp.connectTimeoutSeconds;
  const socket = connect({ host, port, noDelay: true });
  const stopTimer = session.clock.after(seconds * 1000, () => {
    socket.destroy();
    reject(dataTimedOut(seconds));
  });
  socket.once('connect', () => {
    stopTimer();
    resolve(socket);
  });
  socket.on('error', (cause) => reject(connectionLost('The data connection could not be opened.', cause)));
  socket.once('close', () => {
    stopTimer();
    reject(connectionLost('The data connection could not be opened.'));
  });
  return dataConnection(promise, session.tls, () => socket.destroy());
}

function dataTimedOut(seconds: number): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `The data connection to the server could not be opened within ${seconds} seconds.`,
    advice:
      'A firewall may block the server’s passive ports. Ask the FTP provider which ports it uses, or try active mode (Passive Mode off).',
  });
}
