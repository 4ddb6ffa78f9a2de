import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type OutgoingMail, sendMail } from '../../electron/alerts/mail/sendMail.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { type MailSettings, mailSettingsSchema } from '../../shared/mailSettings.ts';
import { temporaryFolder } from '../ledger/ledgerFixture.ts';
import { testCertificate } from '../servers/testCertificate.ts';
import { startMailServer } from './mailServer.ts';

const password = 'mail Cn4ry7q9Zx & more';
const mail: OutgoingMail = {
  messageId: '<one@example.com>',
  to: ['it@example.com'],
  subject: 'Straße',
  text: 'first line\nsecond line',
  dateMs: Date.UTC(2026, 2, 1),
};

function settingsFor(port: number, more: Partial<MailSettings> = {}): MailSettings {
  return mailSettingsSchema.parse({
    host: 'localhost',
    port,
    sender: 'office@example.com',
    recipients: ['it@example.com'],
    ...more,
  });
}

function tls(file = testCertificate().keyAndCertificateFile) {
  const pem = readFileSync(file, 'utf8');
  return { key: pem, cert: pem };
}

const login: SMTPServerOptions = {
  disabledCommands: [],
  onAuth: (auth, _session, callback) =>
    auth.username === 'branchline' && auth.password === password
      ? callback(null, { user: 'branchline' })
      : callback(new Error(`535 no entry for ${auth.password}`)),
};

async function failureOf(sending: Promise<unknown>): Promise<ExchangeError> {
  const error: unknown = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExchangeError) return error;
  throw new Error('It did not fail in a way that was foreseen.', { cause: error });
}

describe('an e-mail', () => {
  it.each([
    ['starttls', false],
    ['tls', true],
  ] as const)('goes with %s to a server that wants a log-in', async (security, secure) => {
    const server = await startMailServer({ ...login, secure, ...tls() });
    const { certificateFile } = testCertificate();
    const settings = settingsFor(server.port, {
      security,
      username: 'branchline',
      certificateAuthorityFile: certificateFile,
    });
    const sent = await sendMail(settings, password, mail);
    expect(sent.refused).toEqual([]);
    expect(server.taken).toMatchObject([
      {
        from: 'office@example.com',
        to: ['it@example.com'],
        text: mail.text,
        user: 'branchline',
        secure: true,
      },
    ]);
    expect(server.taken[0]?.raw).toMatch(/^Message-ID: <one@example.com>$/m);
  });

  it('is not sent, and no password either, to a server whose certificate cannot be trusted', async () => {
    const server = await startMailServer({ ...login, ...tls() });
    const settings = settingsFor(server.port, { username: 'branchline' });
    const error = await failureOf(sendMail(settings, password, mail));
    expect(error).toMatchObject({ code: 'mail-untrusted', class: 'trust' });
    expect(error.message).toContain('it is self-signed: no authority vouches for it');
    expect(server.taken).toEqual([]);
  });

  it('is not sent where the certificate is of another name', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'certificate.pem');
    const key = join(folder, 'key.pem');
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '9',
        ],
        ...['-subj', '/CN=x', '-addext', 'subjectAltName=DNS:mail.example.org', '-keyout', key, '-out', file],
      ],
      { stdio: 'pipe' },
    );
    const certificate = { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8') };
    const server = await startMailServer({ ...login, ...certificate });
    const settings = settingsFor(server.port, { certificateAuthorityFile: file });
    const error = await failureOf(sendMail(settings, password, mail));
    expect(error.code).toBe('mail-untrusted');
    expect(error.message).toContain('it was issued for another name than localhost');
    expect(server.taken).toEqual([]);
  });

  it('is not sent unencrypted where encryption is wanted', async () => {
    const server = await startMailServer({ ...login, disabledCommands: ['STARTTLS'] });
    const settings = settingsFor(server.port, { username: 'branchline' });
    expect(await failureOf(sendMail(settings, password, mail))).toMatchObject({
      code: 'mail-tls-failed',
      class: 'fix',
    });
    expect(server.taken).toEqual([]);
  });

  it('that is refused says why, without the password that a server repeats', async () => {
    const server = await startMailServer({ ...login, ...tls(), disabledCommands: ['STARTTLS'] });
    const settings = settingsFor(server.port, { security: 'none', username: 'someone' });
    const error = await failureOf(sendMail(settings, password, mail));
    expect(error).toMatchObject({ code: 'mail-login-refused', class: 'fix' });
    expect(JSON.stringify(error.report())).not.toContain('canary');
  });

  it.each([
    [450, 'mail-refused-now', 'retry'],
    [550, 'mail-refused', 'fix'],
  ] as const)('whose recipient is answered %i is %s', async (responseCode, code, errorClass) => {
    const server = await startMailServer({
      onRcptTo: (_address, _session, callback) =>
        callback(Object.assign(new Error('No such user here'), { responseCode })),
    });
    const error = await failureOf(sendMail(settingsFor(server.port, { security: 'none' }), undefined, mail));
    expect(error).toMatchObject({ code, class: errorClass });
    expect(error.message).toContain('No such user here');
  });

  it('that goes to some of its recipients names the others', async () => {
    const server = await startMailServer({
      onRcptTo: (address, _session, callback) =>
        callback(address.address.startsWith('gone') ? new Error('No such user here') : undefined),
    });
    const to = ['it@example.com', 'gone@example.com'];
    const sent = await sendMail(settingsFor(server.port, { security: 'none' }), undefined, { ...mail, to });
    expect(sent.refused).toEqual(['gone@example.com']);
  });

  it.each([
    ['nothing listens', 'none', undefined, /nothing accepts connections/],
    ['no mail server listens', 'tls', 'SSH-2.0-OpenSSH_9.2', /encrypted connection|could be made/],
  ] as const)('where %s fails in plain words', async (_, security, greeting, words) => {
    const listener = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.destroy());
      socket.write(`${greeting}\r\n`);
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const close = () => new Promise<void>((resolve) => listener.close(() => resolve()));
    if (greeting === undefined) await close();
    else onTestFinished(close);
    const settings = settingsFor(port, { security, host: '127.0.0.1' });
    expect((await failureOf(sendMail(settings, undefined, mail))).message).toMatch(words);
  });

  it('with a CA file that is not there says so', async () => {
    const settings = settingsFor(1, { certificateAuthorityFile: '/nowhere/ca.pem' });
    expect(await failureOf(sendMail(settings, undefined, mail))).toMatchObject({ code: 'mail-file' });
  });
});
