import { isIP } from 'node:net';
import { plainAddress } from '../dataChannel.ts';
import { FtpReply } from '../ftpReply.ts';
import type { CommandHandler, Session } from '../session.ts';

function refuseAfterEpsvAll(session: Session): void {
  if (session.onlyEpsv) throw new FtpReply('503 EPSV ALL was sent.');
}

/** Connects to nobody but the client itself, and to no system port. Source: RFC 2577 §3. */
function setTarget(session: Session, host: string, port: number): string {
  refuseAfterEpsvAll(session);
  const ownHost = plainAddress(session.control.remoteAddress);
  if (plainAddress(host) !== ownHost) return '504 Data connections go to the client itself only.';
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) return '504 The port is not allowed.';
  session.data.target(ownHost, port);
  return '200 Address noted.';
}

const port: CommandHandler = (session, argument) => {
  const match = /^(\d{1,3},\d{1,3},\d{1,3},\d{1,3}),(\d{1,3}),(\d{1,3})$/.exec(argument);
  if (match === null) return '501 Not an address.';
  const [, host = '', high, low] = match;
  return setTarget(session, host.replaceAll(',', '.'), Number(high) * 256 + Number(low));
};

/** Source: RFC 2428 §2. */
const eprt: CommandHandler = (session, argument) => {
  const [before, family, host = '', portText, after] = argument.split(argument.charAt(0));
  if (before !== '' || after !== '' || !/^\d{1,5}$/.test(portText ?? '')) return '501 Not an address.';
  if (family !== '1' && family !== '2') return '522 Network protocol not supported, use (1,2)';
  if (isIP(host) !== (family === '1' ? 4 : 6)) return '501 Not an address.';
  return setTarget(session, host, Number(portText));
};

const pasv: CommandHandler = async (session) => {
  refuseAfterEpsvAll(session);
  const host = plainAddress(session.control.localAddress);
  if (isIP(host) !== 4) return '425 Use EPSV.';
  const listening = await session.data.listen();
  const numbers = [...host.split('.'), listening >> 8, listening & 255];
  return `227 Entering Passive Mode (${numbers.join(',')}).`;
};

const epsv: CommandHandler = async (session, argument) => {
  if (/^ALL$/i.test(argument)) {
    session.onlyEpsv = true;
    return '200 EPSV only from now on.';
  }
  const family = isIP(plainAddress(session.control.localAddress)) === 4 ? '1' : '2';
  if (argument !== '' && argument !== family) return `522 Network protocol not supported, use (${family})`;
  return `229 Entering Extended Passive Mode (|||${await session.data.listen()}|)`;
};

/** Files are sent as they are in both types. */
const type: CommandHandler = (_session, argument) =>
  /^(A( N)?|I|L 8)$/i.test(argument) ? `200 Type is ${argument.toUpperCase()}.` : '504 Use TYPE I or TYPE A.';

const mode: CommandHandler = (_session, argument) =>
  /^S$/i.test(argument) ? '200 Mode is S.' : '504 Use MODE S.';

const structure: CommandHandler = (_session, argument) =>
  /^F$/i.test(argument) ? '200 Structure is F.' : '504 Use STRU F.';

const rest: CommandHandler = (session, argument) => {
  if (!/^\d{1,15}$/.test(argument)) return '501 Not an offset.';
  session.restartAt = Number(argument);
  return `350 The next transfer starts at ${session.restartAt}.`;
};

export const dataCommands: ReadonlyMap<string, CommandHandler> = new Map([
  ['PORT', port],
  ['EPRT', eprt],
  ['PASV', pasv],
  ['EPSV', epsv],
  ['TYPE', type],
  ['MODE', mode],
  ['STRU', structure],
  ['REST', rest],
  ['ALLO', () => '202 No storage needs to be set aside.'],
]);
