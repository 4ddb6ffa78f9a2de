import { isIPv4 } from 'node:net';

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/**
 * The port of a 229 reply, undefined where it cannot be understood.
 *
 * Source: RFC 2428 §3: any printable delimiter may be used, most often `|`.
 */
export function parseEpsvReply(text: string): number | undefined {
  const match = /\(([!-~])\1\1(\d{1,5})\1\)/.exec(text);
  return match === null ? undefined : toPort(match[2]);
}

/**
 * Address and port of a 227 reply, undefined where it cannot be understood.
 *
 * Source: RFC 959 §4.1.2 PASV; RFC 1123 §4.1.2.6: the six numbers may stand without parentheses.
 */
export function parsePasvReply(text: string): HostAndPort | undefined {
  const match = /(?<![\d,])(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})(?![\d,])/.exec(
    text.slice(3),
  );
  if (match === null) return undefined;
  const numbers = match.slice(1).map(Number);
  const [a, b, c, d, high, low] = numbers;
  if (high === undefined || low === undefined || numbers.some((number) => number > 255)) return undefined;
  const host = `${a}.${b}.${c}.${d}`;
  const port = high * 256 + low;
  return isIPv4(host) && port > 0 ? { host, port } : undefined;
}

function toPort(digits: string | undefined): number | undefined {
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
