import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { startPracticeSite } from '../../electron/practice/startPracticeSite.ts';
import type { FtpServer, FtpServerOptions } from '../servers/ftpServer.ts';
import { testCertificate } from '../servers/testCertificate.ts';
import { ftpContract, portCommandCase } from '../transport/contract/ftpContract.ts';
import { password, username } from './practiceFixture.ts';

const traits = {
  exactListings: true,
  renameReplaces: true,
  resumesUploads: true,
  hidesDotNames: false,
};

/** The practice site in the place of a real server. */
async function start(options: FtpServerOptions): Promise<FtpServer> {
  const { certificateFile, keyAndCertificateFile, fingerprintSha256 } = testCertificate();
  const pem = readFileSync(keyAndCertificateFile, 'utf8');
  const root = mkdtempSync(join(tmpdir(), 'branchline-practice-'));
  const refused = new Set<string>(options.refusedCommands);
  const site = await startPracticeSite({
    root,
    username,
    password,
    clock: systemClock,
    faults: ({ verb }) => (refused.has(verb) ? { kind: 'reply', text: '502 Not here.' } : undefined),
    ...(options.tls === undefined
      ? {}
      : {
          tls: {
            cert: pem,
            key: pem,
            ...(options.tlsVersion === undefined ? {} : { version: options.tlsVersion }),
          },
        }),
  });
  return {
    name: 'practice site',
    host: '127.0.0.1',
    port: site.port,
    username,
    password,
    homeOnDisk: root,
    certificateFile,
    fingerprintSha256,
    traits,
    async stop() {
      await site.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

ftpContract('practice site', { traits, start, extraCases: [portCommandCase] });
