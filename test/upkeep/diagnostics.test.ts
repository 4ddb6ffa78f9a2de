import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redactDocument } from '../../electron/platform/redact.ts';
import { OfficeSite, password, startServer, temporaryFolder } from '../cli/officeProcess.ts';

async function site() {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  mkdirSync(root);
  const port = await startServer(root);
  const made = new OfficeSite(join(folder, 'site'));
  await made.setUp({ role: 'central', name: 'Head office' }, port);
  const path = join(made.dataDir, 'settings.json');
  const mail = { host: 'mail.example.com', username: 'anna.postbox' };
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), mail }));
  return { folder, port, made };
}

describe('branchline diagnostics', () => {
  it('writes one readable file with what support needs, and no secret', async () => {
    const { folder, port, made } = await site();
    await made.ask(['transmit']);
    const file = join(folder, 'report.json');
    const ran = await made.run(['diagnostics', file]);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toContain(file);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      format: 'branchline-diagnostics',
      program: { version: '0.1.0' },
      settings: { ftp: { host: '127.0.0.1', port, username: '(name)' }, mail: { username: '(name)' } },
      secrets: { 'ftp-password': 'kept', 'mail-password': 'not set' },
      doctor: { steps: expect.arrayContaining([expect.objectContaining({ name: 'server', outcome: 'ok' })]) },
      ledger: { sound: true, rows: expect.objectContaining({ transmissions: 1 }) },
      transmissions: [{ outcome: 'done', notes: expect.any(Array) }],
      queue: [],
      log: expect.arrayContaining([expect.stringContaining('"level":')]),
    });
    for (const secret of [password, made.env['BRANCHLINE_VAULT_KEY'] ?? '-', 'anna.postbox'])
      expect(text).not.toContain(secret);
    expect(text).not.toContain(`"${homedir()}`);
  });

  it('leaves names in when asked, and the server alone', async () => {
    const { folder, made } = await site();
    const file = join(folder, 'report.json');
    await made.ask(['diagnostics', file, '--with-names', '--offline']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      settings: { mail: { username: 'anna.postbox' } },
      doctor: { verdict: expect.stringContaining('Not checked: Server') },
    });
  });

  it('writes over nothing', async () => {
    const { folder, made } = await site();
    const settings = join(made.dataDir, 'settings.json');
    const before = readFileSync(settings, 'utf8');
    expect((await made.run(['diagnostics', settings, '--offline'])).exitCode).toBe(2);
    expect(readFileSync(settings, 'utf8')).toBe(before);
    expect(
      (await made.run(['diagnostics', join(folder, 'no/such/folder.json'), '--offline'])).exitCode,
    ).not.toBe(0);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});

describe('redaction of a document', () => {
  it('reaches every text and key, and leaves numbers and shape', () => {
    const hidden = redactDocument(
      { list: ['s3cret-s3cret', { 'key of s3cret-s3cret': 7 }], who: 'anna, annabel; mail anna@example.com' },
      { secrets: ['s3cret-s3cret'], names: ['anna'], addresses: true },
    );
    expect(hidden).toEqual({
      list: ['***', { 'key of ***': 7 }],
      who: '(name), annabel; mail (e-mail)',
    });
  });
});
