import { BlockList, isIPv4 } from 'node:net';
import { ExchangeError } from '../../../shared/errors.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';

const notPublic = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv4');
}
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');

/** An IPv4 address that came over an IPv6 socket, as IPv4; others unchanged. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/**
 * Where to open the data connection to, when a PASV reply names an address.
 *
 * Promise: an address other than the control connection's is used only where a person chose `use-it`. With
 *          `automatic`, a private address announced by a server at a public one means NAT: the control
 *          host is used. Any other foreign address is an error, because it may be an attempt to make this
 *          machine connect somewhere else (FTP bounce).
 */
export function choosePassiveHost(
  announced: string,
  controlHost: string,
  setting: FtpConfiguration['passiveAddress'],
): string {
  const control = plainAddress(controlHost);
  switch (setting) {
    case 'use-it':
      return announced;
    case 'control-host':
      return control;
    case 'automatic':
      if (announced === control) return control;
      if (!isIPv4(control)) return control;
      if (loopback.check(announced) && loopback.check(control)) return control;
      if (announced === '0.0.0.0') return control;
      if (notPublic.check(announced) && !notPublic.check(control)) return control;
      throw new ExchangeError({
        code: 'foreign-data-address',
        class: 'fix',
        message: `The server at ${control} asks for data connections to another address, ${announced}.`,
        advice:
          'Set the passive address to "control host"; only if the provider confirms the other address, set it to "use it".',
      });
  }
}
