import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../electron/platform/clock.ts';
import { createFtpTransportFactory } from '../../../electron/transport/ftp/ftpTransportFactory.ts';
import { type FtpConfiguration, ftpConfigurationSchema } from '../../../shared/settings.ts';
import type { TrustedServer } from '../../../shared/trust.ts';
import { type MadeCertificate, makeCertificate } from '../../servers/makeCertificates.ts';
import { failure, scripted, scriptedPassword } from './scriptedConnection.ts';
import type { ScriptedTls } from './scriptedFtpServer.ts';

const folder = mkdtempSync(join(tmpdir(), 'branchline-trust-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const here = ['localhost', '127.0.0.1'];
const authority = makeCertificate(folder, 'Test Authority', { names: ['authority'], isAuthority: true });
const selfSigned = makeCertificate(folder, 'self-signed', { names: here });
const renewed = makeCertificate(folder, 'renewed', { names: here });
const expired = makeCertificate(folder, 'expired', { names: here, days: -1, authority });
const elsewhere = makeCertificate(folder, 'elsewhere', { names: ['elsewhere.example'], authority });
const good = makeCertificate(folder, 'good', { names: here, authority });
const allWrong = makeCertificate(folder, 'all-wrong', { names: ['elsewhere.example'], days: -1 });

const trusting = (certificate: MadeCertificate, port: number): TrustedServer => ({
  kind: 'certificate',
  host: '127.0.0.1',
  port,
  fingerprint: certificate.fingerprint,
  description: '',
  addedMs: 0,
});

describe.each([
  ['explicit TLS', false],
  ['implicit TLS', true],
])('%s', (_title, implicit) => {
  const withAuthority = { certificateAuthorityFile: authority.certificateFile };

  /** A server that shows this certificate, and what a client that trusts `known` there makes of it. */
  async function meet(
    tls: ScriptedTls,
    known: readonly MadeCertificate[],
    ftp: Partial<FtpConfiguration> = {},
  ) {
    const { server } = await scripted({ tls, implicit });
    return { server, factory: clientOf(server.port, known, ftp) };
  }

  function configuration(port: number, ftp: Partial<FtpConfiguration>): FtpConfiguration {
    const base = { host: '127.0.0.1', port, username: 'branch', enableSsl: true, implicitTls: implicit };
    return ftpConfigurationSchema.parse({ ...base, ...ftp });
  }

  function clientOf(port: number, known: readonly MadeCertificate[], ftp: Partial<FtpConfiguration> = {}) {
    return createFtpTransportFactory({
      ftp: configuration(port, ftp),
      password: scriptedPassword,
      trusted: known.map((certificate) => trusting(certificate, port)),
      clock: systemClock,
    });
  }

  /** What a server hears, decrypted, of a client that does not trust it: how TLS is asked for, and nothing else. */
  const onlyTheQuestionForTls = implicit ? [] : ['AUTH TLS'];

  test.each([
    ['self-signed', selfSigned, {}, /^It is self-signed: no authority vouches for it\.$/],
    ['issued by an unknown authority', good, {}, /^It was issued by an authority that is not known here\.$/],
    ['expired', expired, withAuthority, /^It has expired\.$/],
    ['for another name', elsewhere, withAuthority, /^It was issued for another name than 127\.0\.0\.1\.$/],
    ['wrong in every way', allWrong, {}, /self-signed.*has expired.*another name/],
  ])(
    'a certificate that is %s is refused before anything secret is sent, and shown whole',
    async (_what, shown, ftp, words) => {
      const { server, factory } = await meet(shown, [], ftp);
      const error = await failure(factory.open());
      expect(error).toMatchObject({ code: 'untrusted', class: 'trust' });
      expect(error.report().untrusted).toMatchObject({
        kind: 'certificate',
        host: '127.0.0.1',
        port: server.port,
        fingerprint: shown.fingerprint,
        subject: expect.stringContaining('CN='),
        issuer: expect.stringContaining('CN='),
        validFromMs: expect.any(Number),
        validToMs: expect.any(Number),
        problem: expect.stringMatching(words),
      });
      expect(error.untrusted?.trustedFingerprint).toBeUndefined();
      expect(server.received).toEqual(onlyTheQuestionForTls);
    },
  );

  test.each([
    ['self-signed', selfSigned],
    ['expired', expired],
    ['for another name', elsewhere],
  ])('a certificate that is %s is let in once a person has trusted it', async (_what, shown) => {
    const { server, factory } = await meet(shown, [shown]);
    await (await factory.open()).close();
    expect(server.received).toContain(`PASS ${scriptedPassword}`);
  });

  test('a certificate of the given authority needs no question', async () => {
    const { server, factory } = await meet(good, [], withAuthority);
    await (await factory.open()).close();
    expect(server.verbs()).toContain('PASS');
  });

  test.each([
    ['self-signed', renewed, {}],
    ['valid', good, withAuthority],
  ])(
    'a changed certificate that is %s stops the connection before anything secret is sent',
    async (_what, shown, ftp) => {
      const before = await meet(selfSigned, [selfSigned], ftp);
      await (await before.factory.open()).close();
      const { server, factory } = await meet(shown, [selfSigned], ftp);
      const error = await failure(factory.open());
      expect(error).toMatchObject({ code: 'untrusted', class: 'trust' });
      expect(error.message).toContain('has changed');
      expect(error.untrusted).toMatchObject({
        fingerprint: shown.fingerprint,
        trustedFingerprint: selfSigned.fingerprint,
      });
      expect(server.received).toEqual(onlyTheQuestionForTls);
    },
  );

  test('what is trusted at another port counts for nothing here', async () => {
    const { server } = await scripted({ tls: selfSigned, implicit });
    const there = await scripted({ tls: selfSigned, implicit });
    const factory = createFtpTransportFactory({
      ftp: configuration(server.port, {}),
      password: scriptedPassword,
      trusted: [trusting(selfSigned, there.server.port)],
      clock: systemClock,
    });
    expect((await failure(factory.open())).code).toBe('untrusted');
    expect(server.received).toEqual(onlyTheQuestionForTls);
  });

  test('several machines behind one name may each show their own', async () => {
    for (const shown of [selfSigned, renewed]) {
      const { factory } = await meet(shown, [selfSigned, renewed]);
      await (await factory.open()).close();
    }
  });
});
