import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { testCertificate } from '../servers/testCertificate.ts';
import { password, practiceSite, temporaryFolder, username } from './practiceFixture.ts';

const run = promisify(execFile);
const content = randomBytes(2_000_003);

/** A suite that needs a client program: skipped by name where it is missing, failed with CI=true. */
function describeWithClient(program: string, versionArgument: string, suite: () => void): void {
  const missing = spawnSync(program, [versionArgument]).status !== 0;
  const { CI } = process.env;
  if (!missing) describe(`with ${program}`, suite);
  else if (CI === 'true') test(`${program} is at hand`, () => expect.fail(`${program} is missing`));
  else describe.skip(`with ${program}, which is missing here`, suite);
}

function localFile(bytes: Buffer): string {
  const path = join(temporaryFolder(), 'local.bin');
  writeFileSync(path, bytes);
  return path;
}

function tls(): { cert: string; key: string } {
  const pem = readFileSync(testCertificate().keyAndCertificateFile, 'utf8');
  return { cert: pem, key: pem };
}

describeWithClient('python3', '--version', () => {
  for (const mode of ['passive', 'active']) {
    for (const secured of [false, true]) {
      test(`ftplib does everything, ${mode}, ${secured ? 'with TLS' : 'plain'}`, async () => {
        const site = await practiceSite(secured ? { tls: tls() } : {});
        const certificate = secured ? testCertificate().certificateFile : '';
        const script = join(import.meta.dirname, 'ftplibSession.py');
        const local = localFile(content);
        await run('python3', [script, String(site.port), username, password, local, mode, certificate]);
        expect(readdirSync(site.root)).toEqual([]);
      });
    }
  }
});

describeWithClient('lftp', '--version', () => {
  for (const mode of ['passive', 'active']) {
    for (const secured of [false, true]) {
      test(`puts, resumes, moves, mirrors and removes, ${mode}, ${secured ? 'with TLS' : 'plain'}`, async () => {
        const site = await practiceSite(secured ? { tls: tls() } : {});
        const local = localFile(content);
        const folder = temporaryFolder();
        writeFileSync(join(site.root, 'half.bin'), content.subarray(0, 999_999));
        writeFileSync(join(folder, 'half.bin'), content.subarray(0, 999_999));
        mkdirSync(join(site.root, 'gone'));
        const commands = [
          'set net:timeout 20; set net:max-retries 1; set cmd:fail-exit yes',
          `set ssl:ca-file ${testCertificate().certificateFile}`,
          `set ftp:ssl-allow ${secured}; set ftp:ssl-force ${secured}; set ftp:ssl-protect-data ${secured}`,
          `set ftp:passive-mode ${mode === 'passive'}`,
          `open -u "${username},${password}" 127.0.0.1:${site.port}`,
          `put ${local} -o "new ü.bin"`,
          `put -c ${local} -o half.bin`,
          `get -c half.bin -o ${folder}/half.bin`,
          'mkdir -p a/b; mv "new ü.bin" "a/b/new ü.bin"; rmdir gone',
          `mirror a ${folder}/a`,
          'rm half.bin',
          'bye',
        ];
        await run('lftp', ['-c', commands.join('\n')]);
        expect(readdirSync(site.root, { recursive: true }).sort()).toEqual(['a', 'a/b', 'a/b/new ü.bin']);
        for (const path of [
          join(site.root, 'a/b/new ü.bin'),
          join(folder, 'a/b/new ü.bin'),
          join(folder, 'half.bin'),
        ]) {
          expect(content.equals(readFileSync(path)), path).toBe(true);
        }
      });
    }
  }
});

describeWithClient('curl', '--version', () => {
  // curl 7.88 does not speak TLS on active data connections (fixed in 8.0): that pair is left to the others.
  for (const [title, options, secured] of [
    ['EPSV', [], false],
    ['PASV', ['--disable-epsv'], false],
    ['EPRT', ['--ftp-port', '-'], false],
    ['PORT', ['--ftp-port', '-', '--disable-eprt'], false],
    ['TLS', ['--ssl-reqd', '--cacert', testCertificate().certificateFile], true],
  ] as const) {
    test(`uploads into new folders, appends, downloads a range and lists over ${title}`, async () => {
      const site = await practiceSite(secured ? { tls: tls() } : {});
      const local = localFile(content);
      const base = `ftp://127.0.0.1:${site.port}`;
      const curl = async (...args: string[]): Promise<Buffer> =>
        (
          await run('curl', ['-sS', '-m', '20', '-u', `${username}:${password}`, ...options, ...args], {
            encoding: 'buffer',
            maxBuffer: 10_000_000,
          })
        ).stdout;
      await curl('-T', local, '--ftp-create-dirs', `${base}/x/y/up.bin`);
      expect(content.equals(await curl(`${base}/x/y/up.bin`))).toBe(true);
      await curl('-T', localFile(Buffer.from('tail')), '-a', `${base}/x/y/up.bin`);
      expect((await curl('-C', '2000000', `${base}/x/y/up.bin`)).subarray(3).toString()).toBe('tail');
      expect((await curl('-l', `${base}/x/`)).toString()).toBe('y\n');
    });
  }
});
