import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import type { ServerIdentity, TrustedServer } from '../../shared/trust.ts';
import { makeCertificate } from '../servers/makeCertificates.ts';
import { central, openSite, password, startCountingServer, withServer } from './officeSites.ts';

const folder = mkdtempSync(join(tmpdir(), 'branchline-trust-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const names = ['localhost', '127.0.0.1'];
const first = makeCertificate(folder, 'first', { names });
const second = makeCertificate(folder, 'second', { names });

const right = { do: 'set', value: password } as const;
const secrets = ['USER', 'PASS'];

/** A central site whose server shows a certificate that nobody vouches for. */
async function site(ftp: object = {}) {
  const server = await startCountingServer({ tls: first });
  const { engine, made } = await openSite(central);
  const wanted = withServer(made, server.port, { enableSsl: true, ...ftp });
  return { server, engine, made, wanted };
}

function entryOf({ kind, host, port, fingerprint, subject }: ServerIdentity) {
  return { kind, host, port, fingerprint, description: subject };
}

async function identityOf(engine: Engine, wanted: { ftp: Parameters<typeof withServer>[0]['ftp'] }) {
  const candidate = { ftp: wanted.ftp, password: right };
  const { identity } = await engine.ask('trust.look', { candidate });
  if (identity === undefined) throw new Error('The server shows no certificate.');
  return identity;
}

describe('first contact', () => {
  test('is shown, and nothing is saved or sent before a person trusts it', async () => {
    const { server, engine, wanted } = await site();
    const identity = await identityOf(engine, wanted);
    expect(identity).toMatchObject({
      fingerprint: first.fingerprint,
      port: server.port,
      subject: 'O=Test, CN=first',
      issuer: 'O=Test, CN=first',
      problem: expect.stringContaining('self-signed'),
    });
    await expect(engine.saveSettings(wanted, { password: right })).rejects.toMatchObject({
      code: 'untrusted',
      untrusted: identity,
    });
    expect(secrets.map((verb) => server.count(verb))).toEqual([0, 0]);

    expect(await engine.ask('trust.add', entryOf(identity))).toMatchObject([
      { fingerprint: first.fingerprint },
    ]);
    await engine.saveSettings(wanted, { password: right });
    expect((await engine.transmit({ mode: 'full' })).outcome).toBe('done');
    server.forget();
    expect(await engine.ask('trust.look', {})).toMatchObject({ accepted: true, identity: { problem: '' } });
    expect(secrets.map((verb) => server.count(verb))).toEqual([0, 0]);
  });

  test('is in the report of Test Connection and of the self-check', async () => {
    const { engine, wanted } = await site();
    const candidate = { ftp: wanted.ftp, password };
    for (const check of [engine.testConnection, engine.selfCheck]) {
      const report = await check({ candidate });
      expect(report.error).toMatchObject({
        code: 'untrusted',
        class: 'trust',
        untrusted: { kind: 'certificate', fingerprint: first.fingerprint },
      });
    }
  });
});

describe('a trusted server that shows another certificate', () => {
  async function changed(ftp: object = {}) {
    const before = await site(ftp);
    if (!('pinnedFingerprintSha256' in ftp))
      await before.engine.ask('trust.add', entryOf(await identityOf(before.engine, before.wanted)));
    await before.engine.saveSettings(before.wanted, { password: right });
    const after = await startCountingServer({ tls: second, root: before.server.root });
    // As if it were the same place: what was trusted for the one port counts for the other.
    const known = before.engine.settings();
    if (known === undefined) throw new Error('It is set up.');
    for (const { addedMs: _, ...entry } of known.trusted)
      await before.engine.ask('trust.add', { ...entry, port: after.port });
    await before.server.stop();
    await before.engine.saveSettings(
      { ...known, ftp: { ...known.ftp, port: after.port } },
      { unproven: true },
    );
    after.forget();
    return { server: after, engine: before.engine };
  }

  test('stops an unattended run before anything secret is sent, and trusts nothing new', async () => {
    const { server, engine } = await changed();
    const trusted = engine.settings()?.trusted;
    const { outcome, error } = await engine.transmit({ mode: 'full' });
    expect(outcome).toBe('failed');
    expect(error).toMatchObject({
      code: 'untrusted',
      class: 'trust',
      untrusted: { fingerprint: second.fingerprint, trustedFingerprint: first.fingerprint },
    });
    expect(secrets.map((verb) => server.count(verb))).toEqual([0, 0]);
    expect(engine.settings()?.trusted).toEqual(trusted);
  });

  test('is trusted in place of the former one, or beside it where that is asked for', async () => {
    const { engine } = await changed();
    const { identity } = await engine.ask('trust.look', {});
    if (identity === undefined) throw new Error('The server shows no certificate.');
    const here = (entries: readonly TrustedServer[]) =>
      entries.filter(({ port }) => port === identity.port).map(({ fingerprint }) => fingerprint);
    const both = await engine.ask('trust.add', { ...entryOf(identity), keepOthers: true });
    expect(here(both)).toEqual([first.fingerprint, second.fingerprint]);
    const one = await engine.ask('trust.add', entryOf(identity));
    expect(here(one)).toEqual([second.fingerprint]);
    expect((await engine.transmit({ mode: 'full' })).outcome).toBe('done');
    expect(await engine.ask('trust.remove', entryWithout(identity))).toEqual({ removed: 1 });
    expect((await engine.transmit({ mode: 'full' })).error?.code).toBe('untrusted');
  });

  test('is noticed with the setting ftp.pinnedFingerprintSha256, too, which goes when the new one is trusted', async () => {
    const { engine } = await changed({ pinnedFingerprintSha256: first.fingerprint });
    expect(await engine.ask('trust.list', {})).toMatchObject([{ fingerprint: first.fingerprint }]);
    const { error } = await engine.transmit({ mode: 'full' });
    expect(error?.untrusted).toMatchObject({ trustedFingerprint: first.fingerprint });
    const { identity } = await engine.ask('trust.look', {});
    if (identity === undefined) throw new Error('The server shows no certificate.');
    await engine.ask('trust.add', entryOf(identity));
    expect(engine.settings()?.ftp.pinnedFingerprintSha256).toBeUndefined();
    expect((await engine.transmit({ mode: 'full' })).outcome).toBe('done');
  });
});

function entryWithout({ kind, host, port, fingerprint }: ServerIdentity) {
  return { kind, host, port, fingerprint };
}
