import { describe, expect, test } from 'vitest';
import type { AreaCallName, CallInput, CallOutput } from '../../shared/contract/calls.ts';
import type { ServerIdentity, TrustedServer } from '../../shared/trust.ts';
import { FakeEngine } from './fakeEngine.ts';
import { runFake } from './runFake.ts';

const fingerprint = Array(32).fill('AB').join(':');
const former = Array(32).fill('CD').join(':');
const identity: ServerIdentity = {
  kind: 'certificate',
  host: 'ftp.example.com',
  port: 21,
  fingerprint,
  subject: 'CN=ftp.example.com',
  issuer: 'CN=Example Authority',
  validFromMs: 1_790_000_000_000,
  validToMs: 1_800_000_000_000,
  problem: 'It is self-signed: no authority vouches for it.',
};

/** An engine whose server shows something, and which keeps what is trusted. */
class TrustEngine extends FakeEngine {
  shown: ServerIdentity | undefined = identity;
  accepted = false;
  trusted: TrustedServer[] = [];
  readonly asked: string[] = [];

  override ask<N extends AreaCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    this.asked.push(`${name} ${JSON.stringify(input)}`);
    const answers: Partial<Record<AreaCallName, unknown>> = {
      'trust.list': this.trusted,
      'trust.look': { server: 'ftp://ftp.example.com', identity: this.shown, accepted: this.accepted },
      'trust.add': this.trusted,
      'trust.remove': { removed: 1 },
    };
    // Each answer above is of its call's own type; TypeScript cannot follow that through the table.
    return Promise.resolve(answers[name] as CallOutput<N>);
  }

  get added(): string[] {
    return this.asked.filter((line) => line.startsWith('trust.add'));
  }
}

const add = ['trust', 'add'];

describe('trust add', () => {
  test('shows the server whole and adds it on a whole yes', async () => {
    const engine = new TrustEngine('/data');
    const ran = await runFake(add, { engine, terminal: true, stdin: 'yes\n' });
    expect(ran.exitCode).toBe(0);
    for (const part of ['ftp.example.com', '21', 'CN=Example Authority', fingerprint, 'self-signed', '2026-'])
      expect(ran.out).toContain(part);
    expect(ran.err).toContain('Type yes or no');
    expect(engine.added).toEqual([
      `trust.add ${JSON.stringify({ kind: 'certificate', host: 'ftp.example.com', port: 21, fingerprint, description: 'CN=ftp.example.com', keepOthers: false })}`,
    ]);
  });

  test.each(['no\n', 'y\n', '\n', 'yess\n'])(
    'anything else than yes (%j) adds nothing and ends with 10',
    async (stdin) => {
      const engine = new TrustEngine('/data');
      const ran = await runFake(add, { engine, terminal: true, stdin });
      expect(ran.exitCode).toBe(10);
      expect(engine.added).toEqual([]);
    },
  );

  test('without a terminal nothing is ever added unasked: it ends with 10 and says how', async () => {
    const engine = new TrustEngine('/data');
    const ran = await runFake([...add, '--json'], { engine, stdin: 'yes\n' });
    expect(ran.exitCode).toBe(10);
    expect(ran.json()).toMatchObject({ error: { code: 'untrusted' }, value: { identity: { fingerprint } } });
    expect(ran.json().error?.advice).toContain(`--fingerprint ${fingerprint}`);
    expect(engine.added).toEqual([]);
  });

  test('a script names the fingerprint, with or without colons; another one adds nothing', async () => {
    const engine = new TrustEngine('/data');
    const typed = fingerprint.replaceAll(':', '').toLowerCase();
    expect((await runFake([...add, '--fingerprint', typed], { engine })).exitCode).toBe(0);
    expect(engine.added).toHaveLength(1);
    const other = await runFake([...add, '--fingerprint', former], { engine });
    expect(other.exitCode).toBe(10);
    expect(other.err + other.out).toContain('another fingerprint');
    expect((await runFake([...add, '--fingerprint', 'AB:CD'], { engine })).exitCode).toBe(2);
    expect(engine.added).toHaveLength(1);
  });

  test('a changed identity is said, with what was trusted until now', async () => {
    const engine = new TrustEngine('/data');
    engine.shown = { ...identity, trustedFingerprint: former };
    const ran = await runFake(add, { engine, terminal: true, stdin: 'yes\n' });
    expect(ran.out).toContain('another identity than the one trusted until now');
    expect(ran.out).toContain(former);
    expect(ran.err).toContain('in place of the one trusted until now');
    expect(engine.added).toHaveLength(1);
  });

  test('a server that is let in as it is needs nothing, unless a fingerprint is named', async () => {
    const engine = new TrustEngine('/data');
    engine.accepted = true;
    const ran = await runFake(add, { engine });
    expect(ran.exitCode).toBe(0);
    expect(engine.added).toEqual([]);
    expect((await runFake([...add, '--fingerprint', fingerprint], { engine })).exitCode).toBe(0);
    expect(engine.added).toHaveLength(1);
  });
});

test('trust list and trust remove know an entry by host, by host and port, and by fingerprint', async () => {
  const engine = new TrustEngine('/data');
  engine.trusted = [
    { kind: 'certificate', host: 'ftp.example.com', port: 990, fingerprint, description: 'CN=a', addedMs: 1 },
  ];
  expect((await runFake(['trust'], { engine })).out).toMatch(/ftp\.example\.com:990 +certificate +AB:/);
  for (const typed of ['ftp.example.com', 'FTP.example.com:990', fingerprint.toLowerCase()])
    expect((await runFake(['trust', 'remove', typed], { engine })).exitCode).toBe(0);
  expect(engine.asked.filter((line) => line.startsWith('trust.remove'))).toHaveLength(3);
  expect((await runFake(['trust', 'remove', 'ftp.example.com:21'], { engine })).exitCode).toBe(2);
});
