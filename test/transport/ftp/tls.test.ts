import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { judgeCertificate } from '../../../electron/transport/ftp/certificateTrust.ts';
import type { ConnectStep } from '../../../electron/transport/transport.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { readAll, sourceOf } from '../../support/transportBytes.ts';
import { failure, scripted } from './scriptedConnection.ts';

const folder = mkdtempSync(join(tmpdir(), 'branchline-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeCertificate(name: string) {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`];
  execFileSync('openssl', [...request, '-days', '30', ...names, '-keyout', keyFile, '-out', certFile], {
    stdio: 'pipe',
  });
  const print = execFileSync('openssl', ['x509', '-in', certFile, '-noout', '-fingerprint', '-sha256'], {
    encoding: 'utf8',
  });
  const fingerprint = print.slice(print.indexOf('=') + 1).trim();
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile, fingerprint };
}

const tls = makeCertificate('localhost');
const other = makeCertificate('elsewhere');
const secure = { enableSsl: true } as const;

describe('trust', () => {
  test('an unknown certificate is untrusted before anything secret is sent, and is shown', async () => {
    const { server, factory } = await scripted({ tls }, { ftp: secure });
    const steps: ConnectStep[] = [];
    const error = await failure(factory.open({ onStep: (step) => steps.push(step) }));
    expect(error).toMatchObject({ code: 'untrusted', class: 'trust' });
    expect(error.message).toContain('self-signed');
    expect(error.message).toContain(tls.fingerprint);
    expect(error.untrusted).toMatchObject({ kind: 'certificate', fingerprint: tls.fingerprint });
    expect(server.verbs()).toEqual(['AUTH']);
    expect(steps.at(-1)).toMatchObject({
      name: 'tls',
      ok: false,
      certificate: { fingerprintSha256: tls.fingerprint, subject: 'CN=localhost', issuer: 'CN=localhost' },
    });
  });

  test('the pinned certificate is trusted, and both channels are encrypted', async () => {
    const { server, open } = await scripted(
      { tls },
      { ftp: { ...secure, pinnedFingerprintSha256: tls.fingerprint } },
    );
    const transport = await open();
    await transport.upload('a', sourceOf('abc'));
    await transport.upload('empty', sourceOf(''));
    expect((await readAll(transport, 'a')).toString()).toBe('abc');
    expect(server.received.slice(0, 6)).toEqual([
      'AUTH TLS',
      'USER branch',
      'PASS open sesame Cn4ry7q9Zx',
      'PBSZ 0',
      'PROT P',
      'FEAT',
    ]);
  });

  test('another certificate than the pinned one is untrusted, and the message says both', async () => {
    const { server, factory } = await scripted(
      { tls },
      { ftp: { ...secure, pinnedFingerprintSha256: other.fingerprint } },
    );
    const error = await failure(factory.open());
    expect(error).toMatchObject({ code: 'untrusted', class: 'trust' });
    expect(error.message).toContain('has changed');
    expect(error.message + error.advice).toContain(tls.fingerprint);
    expect(error.message + error.advice).toContain(other.fingerprint);
    expect(server.verbs()).not.toContain('USER');
  });

  test('a certificate of the configured authority is trusted for its own name only', async () => {
    const ftp = { ...secure, certificateAuthorityFile: tls.certFile };
    const resolveHost = async () => [{ address: '127.0.0.1', family: 4 }];
    const right = await scripted({ tls }, { ftp: { ...ftp, host: 'localhost' }, resolveHost });
    await expect(right.open()).resolves.toMatchObject({ closed: false });
    const wrong = await scripted({ tls }, { ftp: { ...ftp, host: 'ftp.example.com' }, resolveHost });
    const error = await failure(wrong.factory.open());
    expect(error).toMatchObject({ code: 'untrusted', class: 'trust' });
    expect(error.message).toContain('another name than ftp.example.com');
  });

  test('a data connection with another certificate gets no byte', async () => {
    const { server, open } = await scripted(
      { tls, dataTls: other },
      { ftp: { ...secure, pinnedFingerprintSha256: tls.fingerprint } },
    );
    const transport = await open();
    expect(await failure(transport.upload('a', sourceOf('secret')))).toMatchObject({ class: 'trust' });
    expect(server.files.get('a')?.toString() ?? '').toBe('');
  });

  test('an authority file that cannot be read is a setting to fix', async () => {
    const { factory } = await scripted(
      { tls },
      { ftp: { ...secure, certificateAuthorityFile: join(folder, 'none') } },
    );
    expect(await failure(factory.open())).toMatchObject({ code: 'invalid-settings', class: 'fix' });
  });
});

describe('what is wrong with a certificate is said in plain words', () => {
  const facts = {
    subject: 'CN=a',
    issuer: 'CN=b',
    validFromMs: 0,
    validToMs: 1,
    fingerprintSha256: tls.fingerprint,
  };

  const server = { host: 'ftp.example.com', port: 21 };

  test.for([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'authority that is not known'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority that is not known'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['CERT_NOT_YET_VALID', 'not valid yet'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name than ftp.example.com'],
    ['SOMETHING_NEW', 'SOMETHING_NEW'],
  ] as const)('%s: %s', ([problem, words]) => {
    const error = judgeCertificate({ ...server, facts, problems: [problem], trusted: [] });
    expect(error?.message).toContain(words);
    expect(error?.message).toContain(tls.fingerprint);
  });

  test('all that is wrong is said, not only the first of it', () => {
    const problems = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'];
    const error = judgeCertificate({ ...server, facts, problems, trusted: [] });
    expect(error?.untrusted?.problem).toBe(
      'It is self-signed: no authority vouches for it; it has expired; it was issued for another name than ftp.example.com.',
    );
  });

  test('trust is strict: where one is trusted only that one is, valid or not; elsewhere only valid ones are', () => {
    const judge = (problems: readonly string[], trusted: readonly string[], shown = true) =>
      judgeCertificate({ ...server, facts: shown ? facts : undefined, problems, trusted })?.code;
    expect(judge([], [])).toBeUndefined();
    expect(judge(['CERT_HAS_EXPIRED'], [tls.fingerprint])).toBeUndefined();
    expect(judge([], [other.fingerprint, tls.fingerprint])).toBeUndefined();
    expect(judge([], [other.fingerprint])).toBe('untrusted');
    expect(judge(['CERT_HAS_EXPIRED'], [other.fingerprint])).toBe('untrusted');
    expect(judge(['CERT_HAS_EXPIRED'], [])).toBe('untrusted');
    expect(judge([], [tls.fingerprint], false)).toBe('untrusted');
  });
});

describe('setting TLS up', () => {
  const pinned = { ...secure, pinnedFingerprintSha256: tls.fingerprint };

  test('a server without TLS is tls-failed, and the log-in is not tried in clear', async () => {
    const { server, factory } = await scripted({}, { ftp: secure });
    expect(await failure(factory.open())).toMatchObject({ code: 'tls-failed', class: 'fix' });
    expect(server.verbs()).toEqual(['AUTH']);
  });

  test('a server that does not protect data connections is tls-failed', async () => {
    const { factory } = await scripted(
      { tls, on: { PROT: (session) => session.reply('536 No') } },
      { ftp: pinned },
    );
    expect(await failure(factory.open())).toMatchObject({ code: 'tls-failed', class: 'fix' });
  });

  test('a server with older versions only is tls-failed', async () => {
    const { server, factory } = await scripted(
      { tls: { ...tls, maxVersion: 'TLSv1.2' } },
      { ftp: { ...pinned, minimumTlsVersion: 'TLSv1.3' } },
    );
    const error = await failure(factory.open());
    expect(error).toMatchObject({ code: 'tls-failed', class: 'fix' });
    expect(error.message).toContain('version');
    expect(server.verbs()).toEqual(['AUTH']);
  });

  test.for([
    '234 Go ahead\r\n230 You are logged in\r\n',
    '234 Go ahead\r\n230 You are',
    '234 Go ahead\r\nHello\r\n',
  ])('words in clear after the go-ahead (%j) are not believed', async (text) => {
    const { server, factory } = await scripted(
      { tls, on: { AUTH: (session) => session.raw(text) } },
      { ftp: pinned },
    );
    await failure(factory.open());
    expect(server.verbs()).toEqual(['AUTH']);
  });

  test('a handshake that is never answered is timed-out', async () => {
    const clock = createFakeClock();
    const { server, factory } = await scripted(
      { tls, on: { AUTH: (session) => session.reply('234 Go ahead') } },
      { ftp: pinned, clock },
    );
    const opening = failure(factory.open());
    await server.sawCommand('AUTH');
    await server.sawBytes(1);
    await clock.advance(20_000);
    expect(await opening).toMatchObject({ code: 'timed-out', class: 'retry' });
  });

  test('cancelling in the middle of a handshake ends at once', async () => {
    const abort = new AbortController();
    const { server, factory } = await scripted(
      { tls, on: { AUTH: (session) => session.reply('234 Go ahead') } },
      { ftp: pinned },
    );
    const opening = failure(factory.open({ signal: abort.signal }));
    await server.sawBytes(1);
    abort.abort();
    expect(await opening).toMatchObject({ code: 'cancelled', class: 'cancelled' });
  });

  test('implicit TLS at a port that speaks plain FTP is tls-failed', async () => {
    const { factory } = await scripted({}, { ftp: { enableSsl: true, implicitTls: true } });
    expect(await failure(factory.open())).toMatchObject({ code: 'tls-failed', class: 'fix' });
  });
});
