import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { program, runProcess } from '../cli/officeProcess.ts';
import { runFake } from '../cli/runFake.ts';
import { CentralSite } from './centralSite.ts';

const env = { BRANCHLINE_VAULT_KEY: 'sixteen letters and more' };
const account = 'customerfiles/account_number';

/** A central site, and its command line; each command opens an engine of its own. */
async function commandLine(folders: readonly object[] = []) {
  const site = await CentralSite.open({ folders, channels: ['documents'] });
  await site.close();
  const { dataDir, clock } = site;
  const run = (...argv: readonly string[]) =>
    runFake(argv, {
      env: { BRANCHLINE_DATA_DIR: dataDir },
      parts: { openEngine: () => openEngine({ dataDir, clock, random: systemRandom, env }) },
    });
  return { site, run };
}

test('a built-in drop folder is switched on, looked into, listed and removed', async () => {
  const { site, run } = await commandLine();
  expect((await run('drop-folders', 'list')).out).toContain('drop-folders add --preset account-number');
  expect((await run('drop-folders', 'run')).exitCode).not.toBe(0);
  expect((await run('drop-folders', 'add', '--preset', 'account-number')).exitCode).toBe(0);
  expect((await run('drop-folders', 'add', '--preset', 'account-number')).exitCode).toBe(2);
  site.drop(`${account}/N123456.pdf`, 'contract');
  site.drop(`${account}/N12345.pdf`, 'letter');
  const ran = await run('drop-folders', 'run');
  expect(ran.out).toContain('1 file attached, 1 not identified.');
  expect(ran.err).toContain('N12345.pdf could not be identified');
  expect((await run('drop-folders', 'run', '--json')).json().value).toMatchObject({ attached: 0 });
  expect((await run('drop-folders', 'run', 'no-such')).exitCode).not.toBe(0);
  expect((await run('drop-folders', 'list')).out).toContain('customers.account_number');
  expect((await run('drop-folders', 'remove', 'account-number')).exitCode).toBe(0);
  expect((await run('drop-folders', 'remove', 'account-number')).exitCode).toBe(2);
});

test("a drop folder of one's own is refused with what is wrong with it", async () => {
  const { run } = await commandLine();
  const add = (...options: readonly string[]) =>
    run('drop-folders', 'add', 'scans', '--dataset', 'customers', '--column', 'account_number', ...options);
  const messages = await Promise.all([
    add(),
    add('--path', 'central/x'),
    add('--path', '../up'),
    add('--path', 'scans', '--pattern', 'no key'),
    add('--path', 'scans', '--store-column', 'store'),
    add('--path', 'scans', '--store-column', 'store', '--forward-channel', 'unknown'),
  ]);
  expect(messages.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2, 2, 2]);
  const [missing, exchange, outside, pattern, half, channel] = messages.map(({ err }) => err);
  expect(missing).toContain('--path');
  expect(exchange).toContain('Packets travel through this folder');
  expect(outside).toContain('is written like');
  expect(pattern).toContain('{key} exactly once');
  expect(half).toContain('give both');
  expect(channel).toContain('There is no channel "unknown"');
  const good = await add('--path', 'scans', '--pattern', 'scan_{key}_*');
  expect(good.exitCode).toBe(0);
});

test('files are listed, shown, exported, and resolved by hand', async () => {
  const folder = { name: 'numbers', path: account, dataset: 'customers', column: 'account_number' };
  const { site, run } = await commandLine([folder]);
  expect((await run('customer-files', 'list')).out).toContain('No customer has files yet');
  for (const name of ['N123456.pdf', 'N12345.pdf', 'junk.pdf', 'later.pdf'])
    site.drop(`${account}/${name}`, `content of ${name}`);
  await run('drop-folders', 'run');
  expect((await run('customer-files', 'list', 'smith')).out).toContain('Mary Smith');
  const shown = await run('customer-files', 'show', 'n123456');
  expect(shown.out).toContain('N123456.pdf');
  expect((await run('customer-files', 'show', 'N999')).exitCode).toBe(2);

  const target = join(site.root, 'copy.pdf');
  expect((await run('customer-files', 'export', '1', '--to', target)).exitCode).toBe(0);
  expect(readFileSync(target, 'utf8')).toBe('content of N123456.pdf');
  expect((await run('customer-files', 'export', '1', '--to', target)).exitCode).toBe(2);

  const list = await run('customer-files', 'unidentified', 'list', '--json');
  // The listing's rows, as the contract's schema of this call says.
  const rows = list.json().value as { readonly id: number; readonly name: string }[];
  const idOf = (name: string) => String(rows.find((row) => row.name === name)?.id);
  expect((await run('customer-files', 'unidentified', 'likely', idOf('N12345.pdf'))).out).toContain('86 %');
  const look = join(site.root, 'look.pdf');
  await run('customer-files', 'unidentified', 'export', idOf('junk.pdf'), '--to', look);
  expect(readFileSync(look, 'utf8')).toBe('content of junk.pdf');
  const unknown = await run('customer-files', 'unidentified', 'attach', idOf('N12345.pdf'), 'N999');
  expect(unknown.err).toContain('There is no customer "N999"');
  const attached = await run('customer-files', 'unidentified', 'attach', idOf('N12345.pdf'), 'N123457');
  expect(attached.out).toContain('N12345.pdf is attached to John Brown (102).');
  expect((await run('customer-files', 'unidentified', 'delete', idOf('junk.pdf'))).exitCode).toBe(2);
  expect((await run('customer-files', 'unidentified', 'delete', idOf('junk.pdf'), '--yes')).exitCode).toBe(0);
  expect((await run('customer-files', 'unidentified', 'put-back', idOf('later.pdf'))).exitCode).toBe(0);
  expect(site.remote()).toEqual(['account_number/later.pdf']);
  expect((await run('customer-files', 'unidentified', 'list')).out).toContain('Every file was identified');
});

test('a second central process on the same data directory is refused as busy', async () => {
  const { site } = await commandLine([
    { name: 'numbers', path: account, dataset: 'customers', column: 'account_number' },
  ]);
  site.drop(`${account}/N123456.pdf`, 'contract');
  await site.engine();
  const command = [process.execPath, program, '--data-dir', site.dataDir, 'drop-folders', 'run', '--json'];
  const second = await runProcess(command, { env });
  expect(second.exitCode).toBe(9);
  expect(JSON.parse(second.out)).toMatchObject({ ok: false, error: { class: 'busy' } });
  expect(site.remote()).toEqual(['account_number/N123456.pdf']);
  await site.close();
  const alone = await runProcess(command, { env });
  expect(JSON.parse(alone.out)).toMatchObject({ ok: true, value: { attached: 1 } });
});
