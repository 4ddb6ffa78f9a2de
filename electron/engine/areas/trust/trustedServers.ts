import type { FtpConfiguration, Settings } from '../../../../shared/settings.ts';
import type { TrustedServer } from '../../../../shared/trust.ts';

/** Which entry is meant. */
export type TrustedKey = Pick<TrustedServer, 'kind' | 'host' | 'port' | 'fingerprint'>;

/** What the setting `ftp.pinnedFingerprintSha256` stands for: one more trusted certificate of the configured server. */
const pinDescription = 'by the setting ftp.pinnedFingerprintSha256';

/** All that is trusted, the pinned certificate of the FTP Configuration included. */
export function allTrusted({ ftp, trusted }: Pick<Settings, 'ftp' | 'trusted'>): TrustedServer[] {
  const pin = pinOf(ftp);
  return pin === undefined || trusted.some((entry) => isSame(entry, pin)) ? [...trusted] : [...trusted, pin];
}

/**
 * Trusts one more identity.
 *
 * Promise: unless others are kept, it is the only one of its kind for this host and port afterwards, the pinned one
 *          included; adding what is there already changes nothing but its description.
 */
export function withTrusted<S extends Pick<Settings, 'ftp' | 'trusted'>>(
  settings: S,
  added: TrustedServer,
  keepOthers: boolean,
): S {
  const goes = (entry: TrustedServer) => (keepOthers ? isSame(entry, added) : isSameServer(entry, added));
  return {
    ...settings,
    ftp: withoutPin(settings.ftp, goes),
    trusted: [...settings.trusted.filter((entry) => !goes(entry)), added],
  };
}

/** Takes an identity out, the pinned one too. */
export function withoutTrusted<S extends Pick<Settings, 'ftp' | 'trusted'>>(settings: S, key: TrustedKey): S {
  const goes = (entry: TrustedServer) => isSame(entry, key);
  return {
    ...settings,
    ftp: withoutPin(settings.ftp, goes),
    trusted: settings.trusted.filter((entry) => !goes(entry)),
  };
}

function pinOf({ host, port, pinnedFingerprintSha256 }: FtpConfiguration): TrustedServer | undefined {
  if (pinnedFingerprintSha256 === undefined || host === '') return undefined;
  return {
    kind: 'certificate',
    host,
    port,
    fingerprint: pinnedFingerprintSha256,
    description: pinDescription,
    addedMs: 0,
  };
}

function withoutPin(ftp: FtpConfiguration, goes: (entry: TrustedServer) => boolean): FtpConfiguration {
  const pin = pinOf(ftp);
  if (pin === undefined || !goes(pin)) return ftp;
  const { pinnedFingerprintSha256: _, ...rest } = ftp;
  return rest;
}

function isSameServer(a: TrustedKey, b: TrustedKey): boolean {
  return a.kind === b.kind && a.port === b.port && a.host.toLowerCase() === b.host.toLowerCase();
}

function isSame(a: TrustedKey, b: TrustedKey): boolean {
  return isSameServer(a, b) && a.fingerprint === b.fingerprint;
}
