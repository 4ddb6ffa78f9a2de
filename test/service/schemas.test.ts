import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileBytes } from '../../electron/engine/service/actService.ts';
import { launchdPlist } from '../../electron/engine/service/launchdPlist.ts';
import { planService } from '../../electron/engine/service/planService.ts';
import { taskXml, windowsWord } from '../../electron/engine/service/taskXml.ts';
import { temporaryFolder } from '../platform/temporaryFolder.ts';
import { awkward, specOf } from './specs.ts';

const { CI } = process.env;
const hasTools = ['xmllint', 'python3'].every((tool) => spawnSync(tool, ['--version']).status === 0);
const suite = hasTools || CI === 'true' ? describe : describe.skip;
const places = { home: '/Users/anna', configHome: undefined, uid: 501 };

/** What xmllint says of a file; nothing when it is valid. */
function complaints(content: Buffer | string, check: readonly string[]): string {
  const path = join(temporaryFolder(), 'file.xml');
  writeFileSync(path, content);
  const ran = spawnSync('xmllint', ['--noout', '--nonet', ...check, path], { encoding: 'utf8' });
  return ran.status === 0 ? '' : `${ran.error?.message ?? ''}${ran.stderr}`;
}

const ofPlist = (text: string) => complaints(text, ['--dtdvalid', join(import.meta.dirname, 'plist.dtd')]);
const ofTask = (content: Buffer | string) =>
  complaints(content, ['--schema', join(import.meta.dirname, 'task.xsd')]);

/** As the operating system's own format reader sees it. */
function readPlist(text: string): unknown {
  const script = 'import sys, plistlib, json; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  return JSON.parse(execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8' }));
}

suite('the launchd plist', () => {
  it.each(awkward)('is valid, and says what it should, with everything in a folder called %j', (name) => {
    const spec = specOf({
      program: [`/opt/${name}/node`, `/opt/${name}/cli.js`],
      dataDir: `/srv/${name}`,
      vaultKeyFile: `/etc/${name}.key`,
      account: '_branchline',
    });
    const text = launchdPlist(spec);
    expect(ofPlist(text)).toBe('');
    expect(readPlist(text)).toEqual({
      Label: 'net.branchline.branchline',
      ProgramArguments: [...spec.program, 'engine', '--quiet'],
      EnvironmentVariables: {
        BRANCHLINE_DATA_DIR: `/srv/${name}`,
        BRANCHLINE_VAULT_KEY_FILE: `/etc/${name}.key`,
      },
      UserName: '_branchline',
      RunAtLoad: true,
      KeepAlive: { SuccessfulExit: false },
      ThrottleInterval: 30,
      ExitTimeOut: 90,
      ProcessType: 'Background',
      StandardErrorPath: `/srv/${name}/logs/service.log`,
    });
  });

  it('would be refused if it were not well formed, or had other elements', () => {
    const text = launchdPlist(specOf());
    expect(ofPlist(text.replace('</dict>', ''))).not.toBe('');
    expect(ofPlist(text.replaceAll('integer', 'number'))).not.toBe('');
  });
});

suite('the task for the Task Scheduler', () => {
  it.each(awkward)('is valid as it lies on the disk, with everything in a folder called %j', (name) => {
    const spec = specOf({
      program: [`C:\\Programs\\${name}\\node.exe`, `C:\\Programs\\${name}\\cli.js`],
      dataDir: `C:\\Data\\${name}`,
      vaultKeyFile: `C:\\Keys\\${name}.key`,
      account: 'OFFICE\\anna & co',
    });
    const bytes = fileBytes(planService('task-scheduler', spec, places).file);
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
    expect(ofTask(bytes)).toBe('');
  });

  it('of the machine is valid too, and needs no password', () => {
    const text = taskXml(specOf({ account: undefined, vaultKeyFile: undefined }));
    expect(ofTask(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe('');
    expect(text).toContain('<UserId>S-1-5-18</UserId>');
    expect(text).not.toContain('LogonType');
  });

  it('would be refused with a value that the schema does not know', () => {
    const valid = taskXml(specOf()).replace('UTF-16', 'UTF-8');
    expect(ofTask(valid)).toBe('');
    for (const [from, to] of [
      ['S4U', 'S5U'],
      ['<Count>255', '<Count>999'],
      ['PT30S', '30 s'],
      ['<Enabled>', '<Enabledd>'],
      ['</Exec>', '</Exec><Show/>'],
    ] as const)
      expect(ofTask(valid.replace(from, to)), to).not.toBe('');
  });

  // CommandLineToArgvW's own examples, and what a Windows path ends with.
  it.each([
    ['plain', 'plain'],
    ['two words', '"two words"'],
    ['C:\\a b\\', '"C:\\a b\\\\"'],
    ['say "x"', '"say \\"x\\""'],
    ['a\\\\"b', '"a\\\\\\\\\\"b"'],
    ['', '""'],
  ])('quotes %j', (word, quoted) => {
    expect(windowsWord(word)).toBe(quoted);
  });
});
