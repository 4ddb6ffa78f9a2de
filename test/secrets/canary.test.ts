import { execFile } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../platform/temporaryFolder.ts';
import { canariesUnder, canary, canaryStem, formOfCanary } from './canary.ts';
import { searchWords, takeFinds } from './finds.ts';

const secret = canary('password');

describe('the canary', () => {
  it.each([
    ['as it is', secret],
    ['in a URL', `ftp://office:${encodeURIComponent(secret)}@host/`],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ secret }))],
    ['in Base64', Buffer.from(secret).toString('base64')],
    ['in a header', `Basic ${Buffer.from(`office:${secret}`).toString('base64')}`],
    ['in another header', `Basic ${Buffer.from(`offices:${secret}`).toString('base64url')}`],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['in UTF-16', Buffer.from(`x${secret}`, 'utf16le')],
    ['in UTF-16, the other way', Buffer.from(secret, 'utf16le').swap16()],
    ['in Base64 of UTF-16', Buffer.from(`ab${secret}`, 'utf16le').toString('base64')],
  ])('is found %s', (_name, bytes) => {
    expect(formOfCanary(bytes)).toBeDefined();
  });

  it('is not found where it is not', () => {
    expect(formOfCanary('open sesame 42, canary, Cn4ry')).toBeUndefined();
  });

  it('is found deep in a folder, across the pieces of a large file, and in a name', () => {
    const folder = temporaryFolder();
    const deep = join(folder, 'a', 'b');
    mkdirSync(deep, { recursive: true });
    const large = join(deep, 'large.bin');
    writeFileSync(join(deep, 'nothing.txt'), 'nothing');
    writeFileSync(large, Buffer.concat([Buffer.alloc(4 * 1024 * 1024 - 4), Buffer.from('x'.repeat(40))]));
    expect(canariesUnder(folder)).toEqual([]);
    writeFileSync(large, Buffer.concat([Buffer.alloc(4 * 1024 * 1024 - 4), Buffer.from(secret)]));
    expect(canariesUnder(folder)).toEqual([`${large}: as it is`]);
    writeFileSync(large, '');
    mkdirSync(join(deep, canaryStem));
    expect(canariesUnder(folder)).toEqual([`${join(deep, canaryStem)}: in its name`]);
    rmdirSync(join(deep, canaryStem));
  });

  it('in what a test hands over is a find', () => {
    searchWords('all is well', 'a report');
    expect(takeFinds()).toEqual([]);
    searchWords(`the password is ${secret}`, 'a report');
    expect(takeFinds()).toEqual(['a report: as it is']);
  });
});

describe('a run of the tests', () => {
  it.each([
    ['file', /planted\/file\.planted\.ts/, /secret of a test leaked:\s+\S+leak\.txt: as it is/],
    ['argument', /planted\/argument\.planted\.ts/, /an argument of \S+: as it is/],
    ['output', /planted\/output\.planted\.ts/, /the output of \S+: Base64/],
    ['left', /were left behind/, /left\.txt: as it is/],
  ])('fails when a secret leaks (%s)', async (name, where, what) => {
    const run = promisify(execFile)(
      process.execPath,
      [
        join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs'),
        ...['run', '-c', 'test/secrets/planted/vitest.config.ts', `test/secrets/planted/${name}.planted.ts`],
      ],
      { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, NO_COLOR: '1', VITEST: '' } },
    );
    const failure: unknown = await run.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 1 });
    const said =
      failure instanceof Error && 'stdout' in failure && 'stderr' in failure
        ? `${failure.stdout}${failure.stderr}`
        : '';
    expect(said).toMatch(where);
    expect(said).toMatch(what);
  });

  it('passes when none does', async () => {
    const ran = await promisify(execFile)(
      process.execPath,
      [
        join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs'),
        ...['run', '-c', 'test/secrets/planted/vitest.config.ts', 'test/secrets/planted/none.planted.ts'],
      ],
      { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, NO_COLOR: '1', VITEST: '' } },
    );
    expect(ran.stdout).toContain('1 passed');
  });
});
