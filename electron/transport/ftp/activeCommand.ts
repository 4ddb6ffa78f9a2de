import { isIPv4 } from 'node:net';

/**
 * The command that tells the server where to connect to: PORT for IPv4, EPRT for IPv6.
 *
 * Source: RFC 959 §4.1.2 PORT; RFC 2428 §2 EPRT.
 */
export function activeCommand(address: string, port: number): string {
  if (isIPv4(address)) return `PORT ${address.replaceAll('.', ',')},${port >> 8},${port & 255}`;
  return `EPRT |2|${address}|${port}|`;
}
