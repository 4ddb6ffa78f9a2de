import { createHash, timingSafeEqual } from 'node:crypto';
import type { CommandHandler } from '../session.ts';

const maxFailedLogins = 3;

/** Compares without telling by its duration where the two differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

const user: CommandHandler = (session, argument) => {
  session.loggedIn = false;
  session.username = argument;
  return '331 Password required.';
};

const pass: CommandHandler = (session, argument) => {
  const { site } = session;
  if (session.username === undefined) return '503 Send USER first.';
  const right = isSame(session.username, site.username) && isSame(argument, site.password);
  session.username = undefined;
  if (right) {
    session.loggedIn = true;
    return '230 Logged in.';
  }
  session.failedLogins += 1;
  session.ending = session.failedLogins >= maxFailedLogins;
  return '530 Log-in incorrect.';
};

const quit: CommandHandler = (session) => {
  session.ending = true;
  return '221 Goodbye.';
};

/** Source: RFC 4217 §4. */
const auth: CommandHandler = (session, argument) => {
  if (session.site.secureContext === undefined) return '502 This site has no certificate.';
  if (!/^(TLS|TLS-C|SSL)$/i.test(argument)) return '504 Use AUTH TLS.';
  if ('encrypted' in session.control) return '503 The connection is secured already.';
  session.securing = true;
  session.loggedIn = false;
  session.username = undefined;
  return '234 Go ahead with TLS.';
};

const pbsz: CommandHandler = (session) =>
  'encrypted' in session.control ? '200 PBSZ=0' : '503 Secure the connection first.';

const prot: CommandHandler = (session, argument) => {
  if (!('encrypted' in session.control)) return '503 Secure the connection first.';
  const level = argument.toUpperCase();
  if (level !== 'P' && level !== 'C') return '536 Use PROT P or PROT C.';
  session.protectData = level === 'P';
  return `200 Data connections are ${session.protectData ? 'secured' : 'clear'}.`;
};

const feat: CommandHandler = (session) => {
  const features = [
    'EPRT',
    'EPSV',
    'MDTM',
    'MFMT',
    'MLST type*;size*;modify*;perm*;',
    'REST STREAM',
    'SIZE',
    'TVFS',
    'UTF8',
    ...(session.site.secureContext === undefined ? [] : ['AUTH TLS', 'PBSZ', 'PROT']),
  ];
  return `211-Features:\r\n${features.map((feature) => ` ${feature}\r\n`).join('')}211 End.`;
};

const opts: CommandHandler = (_session, argument) => {
  if (/^UTF-?8( ON)?$/i.test(argument)) return '200 Names are UTF-8.';
  if (/^MLST( |$)/i.test(argument)) return '200 MLST OPTS type;size;modify;perm;';
  return '501 No such option.';
};

export const accessCommands: ReadonlyMap<string, CommandHandler> = new Map([
  ['USER', user],
  ['PASS', pass],
  ['QUIT', quit],
  ['AUTH', auth],
  ['PBSZ', pbsz],
  ['PROT', prot],
  ['FEAT', feat],
  ['OPTS', opts],
  ['SYST', () => '215 UNIX Type: L8'],
  ['NOOP', () => '200 OK.'],
  ['HELP', () => '214 See RFC 959 and RFC 3659.'],
]);
