import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { ExchangeError } from '../../../shared/errors.ts';
import type { TrustedServer } from '../../../shared/trust.ts';
import type { HostKeyFacts } from '../transport.ts';
import { plainWords } from './sshError.ts';

/** Reads a public key in SSH's wire format. Source: RFC 4253 §6.6. */
export function hostKeyFacts(key: Buffer): HostKeyFacts {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  const type = plainWords(key.toString('latin1', 4, 4 + Math.min(length, 64)));
  return { type: type === '' ? 'unknown' : type, fingerprint: fingerprintOf(key) };
}

export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

export interface HostKeyQuestion {
  readonly host: string;
  readonly port: number;
  readonly facts: HostKeyFacts;
  readonly trusted: readonly TrustedServer[];
}

/** The host keys that a person has trusted for this server. */
export function trustedHostKeys(
  trusted: readonly TrustedServer[],
  host: string,
  port: number,
): TrustedServer[] {
  const wanted = host.toLowerCase();
  return trusted.filter(
    (server) => server.kind === 'host-key' && server.port === port && server.host.toLowerCase() === wanted,
  );
}

/**
 * Undefined where a person has trusted this very key for this host and port. Otherwise the error (`untrusted`,
 * class trust) with all that is needed to decide: nothing is accepted by itself, not even at first contact.
 */
export function judgeHostKey({ host, port, facts, trusted }: HostKeyQuestion): ExchangeError | undefined {
  const known = trustedHostKeys(trusted, host, port);
  if (known.some((server) => server.fingerprint === facts.fingerprint)) return undefined;
  const before = known[0]?.fingerprint;
  const problem =
    before === undefined
      ? 'Nobody here has trusted this server’s key yet. SSH has no authority that vouches for it: only its fingerprint tells whether it is the right server.'
      : 'The server shows another key than the one that was trusted. Either it was given a new key, or something else answers in its place.';
  return new ExchangeError({
    code: 'untrusted',
    class: 'trust',
    message:
      before === undefined
        ? `The host key of ${host} port ${port} is not known here: ${facts.type}, fingerprint ${facts.fingerprint}.`
        : `The host key of ${host} port ${port} has changed: it is now ${facts.type}, fingerprint ${facts.fingerprint}; trusted was ${before}.`,
    advice:
      before === undefined
        ? 'Compare the fingerprint with the one that the provider tells you, then trust it. Nothing was sent to the server.'
        : 'Ask the provider whether the key was changed, and trust the new one only when they confirm it. Nothing was sent to the server.',
    untrusted: {
      kind: 'host-key',
      host,
      port,
      fingerprint: facts.fingerprint,
      subject: facts.type,
      problem,
      ...(before === undefined ? {} : { trustedFingerprint: before }),
    },
  });
}

const algorithms: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

/**
 * Which kinds of host key to ask for, first those that are trusted: a server has several keys, and a new kind beside
 * the trusted one is no change.
 */
export function hostKeyOrder(trusted: readonly TrustedServer[]): ServerHostKeyAlgorithm[] {
  const types = new Set(trusted.map((server) => server.description.split(' ', 1)[0] ?? ''));
  const isTrusted = (algorithm: string) => types.has(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm);
  return [
    ...algorithms.filter((algorithm) => isTrusted(algorithm)),
    ...algorithms.filter((algorithm) => !isTrusted(algorithm)),
  ];
}
