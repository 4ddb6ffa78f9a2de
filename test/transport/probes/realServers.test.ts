import { readdirSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../electron/platform/clock.ts';
import { systemRandom } from '../../../electron/platform/random.ts';
import { selfCheck } from '../../../electron/transport/probes/selfCheck.ts';
import { testConnection } from '../../../electron/transport/probes/testConnection.ts';
import type { CheckReport } from '../../../shared/views.ts';
import { describeWithServer } from '../../servers/describeWithServer.ts';
import type { FtpServer, FtpServerOptions } from '../../servers/ftpServer.ts';
import { startProftpd } from '../../servers/startProftpd.ts';
import { startPureFtpd } from '../../servers/startPureFtpd.ts';
import { startPyftpdlib } from '../../servers/startPyftpdlib.ts';
import { startVsftpd } from '../../servers/startVsftpd.ts';
import { type FtpSettings, ftpFactory } from '../contract/ftpWorld.ts';

const servers = [
  ['vsftpd', startVsftpd],
  ['ProFTPD', startProftpd],
  ['Pure-FTPd', startPureFtpd],
  ['pyftpdlib', startPyftpdlib],
] as const;

/** What lies in the account's home directory, all the way down. */
function tree(server: FtpServer): string[] {
  return readdirSync(server.homeOnDisk, { recursive: true, encoding: 'utf8' }).sort();
}

async function started(start: (options: FtpServerOptions) => Promise<FtpServer>, options: FtpServerOptions) {
  const server = await start(options);
  onTestFinished(() => server.stop());
  return server;
}

function check(server: FtpServer, settings: FtpSettings): Promise<CheckReport> {
  return selfCheck(ftpFactory(server, settings), {
    clock: systemClock,
    random: systemRandom,
    connections: 4,
    siteLabel: 'store 0012',
  });
}

function outcomes(report: CheckReport): Record<string, string> {
  return Object.fromEntries(report.steps.map((step) => [step.name, step.outcome]));
}

for (const [name, start] of servers) {
  describeWithServer(name, `the checks against ${name}`, () => {
    test.each([
      ['plain and active', { tls: 'off' }, { passiveMode: false }],
      ['with TLS and passive', { tls: 'required' }, { enableSsl: true }],
    ] as const)('the self-check %s is green and leaves nothing behind', async (_, options, settings) => {
      const server = await started(start, options);
      const before = tree(server);
      const pinned = 'enableSsl' in settings ? { pinnedFingerprintSha256: server.fingerprintSha256 } : {};
      const report = await check(server, { ...settings, ...pinned });
      const red = report.steps.filter((step) => step.outcome === 'failed');
      expect(red).toEqual([]);
      expect(report.ok, report.verdict).toBe(true);
      expect(outcomes(report)).toMatchObject({ write: 'ok', rename: 'ok', delete: 'ok', 'clean-up': 'ok' });
      expect(tree(server)).toEqual(before);
    });

    test('Test Connection tells every step with the certificate, and changes nothing', async () => {
      const server = await started(start, { tls: 'required' });
      const before = tree(server);
      const settings = { enableSsl: true, pinnedFingerprintSha256: server.fingerprintSha256 };
      const report = await testConnection(ftpFactory(server, settings), { clock: systemClock });
      expect(report.ok, report.verdict).toBe(true);
      expect(report.steps.map((step) => step.name)).toEqual([
        'resolve',
        'connect',
        'greeting',
        'tls',
        'login',
        'home',
      ]);
      const tls = report.steps.find((step) => step.name === 'tls')?.detail;
      for (const fact of ['TLSv1.', 'CN=localhost', server.fingerprintSha256]) expect(tls).toContain(fact);
      expect(tree(server)).toEqual(before);
    });

    test('a certificate that is not the known one stops Test Connection before the log-in', async () => {
      const server = await started(start, { tls: 'required' });
      const report = await testConnection(ftpFactory(server, { enableSsl: true }), { clock: systemClock });
      expect(report).toMatchObject({ ok: false, error: { code: 'untrusted', class: 'trust' } });
      expect(outcomes(report)).toMatchObject({ tls: 'failed', login: 'not-run' });
      expect(JSON.stringify(report)).toContain(server.fingerprintSha256);
    });

    test('a wrong password is told at the log-in, without the password', async () => {
      const server = await started(start, {});
      const factory = ftpFactory(server, { password: 'wrong-Pa55word' });
      const report = await testConnection(factory, { clock: systemClock });
      expect(report).toMatchObject({ ok: false, error: { code: 'login-refused' } });
      expect(outcomes(report)).toMatchObject({ connect: 'ok', login: 'failed', home: 'not-run' });
      expect(JSON.stringify(report)).not.toContain('wrong-Pa55word');
    });
  });
}

describeWithServer('vsftpd', 'a site that allows uploads but neither rename nor delete', () => {
  test('passes Test Connection and fails the self-check, which tells what was left', async () => {
    const server = await startVsftpd({ forbidRenameAndDelete: true });
    onTestFinished(() => server.stop());
    const before = tree(server);
    expect((await testConnection(ftpFactory(server), { clock: systemClock })).ok).toBe(true);
    const report = await check(server, {});
    expect(report.ok).toBe(false);
    expect(report.verdict).toContain('rename files or delete files');
    expect(outcomes(report)).toMatchObject({
      'make-folder': 'ok',
      write: 'ok',
      'read-back': 'ok',
      rename: 'failed',
      delete: 'failed',
      'clean-up': 'failed',
    });
    const told = report.steps.find((step) => step.name === 'clean-up')?.detail ?? '';
    const left = tree(server).filter((path) => !before.includes(path) && path !== 'tmp');
    expect(left.length).toBeGreaterThan(0);
    for (const path of left) expect(told).toContain(path);
  });
});
