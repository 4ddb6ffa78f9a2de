import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dropFolderPresets } from '../../shared/dropFolderSettings.ts';
import { CentralSite, contentOf, fillCustomers, people } from './centralSite.ts';

const account = 'customerfiles/account_number';

it('files are attached to the customer that their name says, and leave the FTP site', async () => {
  const site = await CentralSite.open({ folders: Object.values(dropFolderPresets) });
  site.drop(`${account}/N123456.pdf`, 'contract');
  site.drop(`${account}/n123457.PDF`, 'letter');
  site.drop('customerfiles/securitytrax_id/101.pdf', 'photo');
  expect(await site.run()).toMatchObject({ attached: 3, unidentified: 0, problems: [] });
  expect(site.remote()).toEqual([]);
  expect(site.attachments()).toEqual([
    'customers/101/101.pdf',
    'customers/101/N123456.pdf',
    'customers/102/n123457.PDF',
  ]);
  const engine = await site.engine();
  const { rows, total } = await engine.ask('customerFiles.customers', { limit: 10 });
  expect(total).toBe(2);
  expect(rows.find(({ customer }) => customer === '101')).toMatchObject({
    label: 'Mary Smith',
    number: '101',
    files: 2,
  });
  const { files } = await engine.ask('customerFiles.files', { dataset: 'customers', customer: '101' });
  expect(files.map(({ name, source }) => [name, source])).toEqual([
    ['101.pdf', 'customerfiles/securitytrax_id'],
    ['N123456.pdf', account],
  ]);
  expect(files.map(({ path }) => contentOf(path))).toEqual(['photo', 'contract']);
});

it('the same content twice is one attachment; new content under the same name is a new version', async () => {
  const site = await CentralSite.open();
  for (const content of ['one', 'one', 'two', 'two', 'one']) {
    site.drop(`${account}/N123456.pdf`, content);
    await site.run();
  }
  const engine = await site.engine();
  const { files } = await engine.ask('customerFiles.files', { dataset: 'customers', customer: '101' });
  expect(files.map(({ version, path }) => [version, contentOf(path)])).toEqual([
    [2, 'two'],
    [1, 'one'],
  ]);
  expect(site.attachments()).toEqual(['customers/101/N123456 (v2).pdf', 'customers/101/N123456.pdf']);
  expect(site.remote()).toEqual([]);
});

it('the same content for two customers is attached to both', async () => {
  const site = await CentralSite.open();
  site.drop(`${account}/N123456.pdf`, 'terms');
  site.drop(`${account}/N123457.pdf`, 'terms');
  expect(await site.run()).toMatchObject({ attached: 2, again: 0 });
});

it('what is not identified, or fits several customers, waits in "unidentified" and is not processed again', async () => {
  const site = await CentralSite.open({
    folders: [{ name: 'names', path: 'customerfiles/names', dataset: 'customers', column: 'name' }],
    customers: [...people, { customer_id: '104', account_number: 'N4', name: 'Mary Smith' }],
  });
  site.drop('customerfiles/names/Mary Smith.pdf', 'two of them');
  site.drop('customerfiles/names/Nobody.pdf', 'nobody');
  expect(await site.run()).toMatchObject({ attached: 0, unidentified: 2 });
  expect(await site.run()).toMatchObject({ attached: 0, unidentified: 0 });
  expect(site.remote()).toEqual(['names/unidentified/Mary Smith.pdf', 'names/unidentified/Nobody.pdf']);
  const engine = await site.engine();
  const rows = await engine.ask('customerFiles.unidentified', {});
  expect(rows.map(({ name, reason }) => [name, reason]).sort()).toEqual([
    ['Mary Smith.pdf', 'several'],
    ['Nobody.pdf', 'no-match'],
  ]);
  expect((await engine.status()).attention.join()).toContain('2 files in drop folders');
});

it('a pattern says which part of a name is the number', async () => {
  const site = await CentralSite.open({
    folders: [{ ...dropFolderPresets['account-number'], pattern: 'scan_{key}_*' }],
  });
  site.drop(`${account}/Scan_N123456_page 1.pdf`, 'a');
  site.drop(`${account}/N123457.pdf`, 'b');
  expect(await site.run()).toMatchObject({ attached: 1, unidentified: 1 });
  const [row] = await (await site.engine()).ask('customerFiles.unidentified', {});
  expect(row).toMatchObject({ name: 'N123457.pdf', reason: 'no-key', key: '' });
});

it('as long as there are no customers, files wait where they are', async () => {
  const site = await CentralSite.open({ customers: [] });
  site.drop(`${account}/N123456.pdf`, 'a');
  const first = await site.run();
  expect(first).toMatchObject({ attached: 0, unidentified: 0 });
  expect(first.problems.join()).toContain('has no rows yet');
  expect(site.remote()).toEqual(['account_number/N123456.pdf']);
  await site.close();
  fillCustomers(site.dataDir, site.clock);
  expect(await site.run()).toMatchObject({ attached: 1, problems: [] });
});

it('a transmission looks into the drop folders; files of one store travel on to it once', async () => {
  const site = await CentralSite.open({
    channels: ['documents'],
    folders: [{ ...dropFolderPresets['account-number'], storeColumn: 'store', forwardChannel: 'documents' }],
  });
  site.drop(`${account}/N123456.pdf`, 'for 0012');
  site.drop(`${account}/N123457.pdf`, 'for nobody');
  const engine = await site.engine();
  const result = await engine.transmit({ mode: 'full' });
  expect(result).toMatchObject({ outcome: 'done', packed: { packets: 1, files: 1 } });
  const [delivery] = await engine.queue();
  expect(delivery?.to).toBe('0012');
  const files = await engine.queueFiles(delivery?.packetId ?? '');
  expect(files).toMatchObject([{ channel: 'documents', path: '101/N123456.pdf' }]);
  site.drop(`${account}/N123456.pdf`, 'for 0012');
  expect(await engine.transmit({ mode: 'full' })).toMatchObject({ packed: { files: 0 } });
  site.drop(`${account}/N123456.pdf`, 'for 0012, corrected');
  expect(await engine.transmit({ mode: 'full' })).toMatchObject({ packed: { files: 1 } });
});

it('people see likely matches, and attach a file to the customer they choose', async () => {
  const site = await CentralSite.open();
  site.drop(`${account}/N12345.pdf`, 'a digit is missing');
  site.drop(`${account}/contract mary smyth.pdf`, 'by name');
  await site.run();
  const engine = await site.engine();
  const rows = await engine.ask('customerFiles.unidentified', {});
  const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? 0;
  const likely = await engine.ask('customerFiles.likely', { id: idOf('N12345.pdf') });
  expect(
    likely
      .map(({ number }) => number)
      .slice(0, 2)
      .sort(),
  ).toEqual(['N123456', 'N123457']);
  const named = await engine.ask('customerFiles.likely', { id: idOf('contract mary smyth.pdf') });
  expect(named[0]).toMatchObject({ label: 'Mary Smith' });
  const found = await engine.ask('customerFiles.find', { id: idOf('N12345.pdf'), search: 'Öberg' });
  expect(found).toMatchObject([{ customer: '103' }]);

  const done = await engine.ask('customerFiles.attach', { id: idOf('N12345.pdf'), customer: 'N123457' });
  expect(done).toMatchObject({ label: 'John Brown', again: false, attachment: { name: 'N12345.pdf' } });
  await engine.ask('customerFiles.attach', { id: idOf('contract mary smyth.pdf'), customer: '101' });
  expect(await engine.ask('customerFiles.unidentified', {})).toEqual([]);
  expect(site.remote()).toEqual([]);
  expect(site.attachments()).toEqual(['customers/101/contract mary smyth.pdf', 'customers/102/N12345.pdf']);
  await expect(
    engine.ask('customerFiles.attach', { id: idOf('N12345.pdf'), customer: '101' }),
  ).rejects.toMatchObject({ code: 'not-found' });
});

it('a file that is put back is tried again, and one that is deleted is gone', async () => {
  const site = await CentralSite.open();
  site.drop(`${account}/N300000.pdf`, 'new customer');
  site.drop(`${account}/junk.pdf`, 'junk');
  await site.run();
  const engine = await site.engine();
  for (const row of await engine.ask('customerFiles.unidentified', {})) {
    await engine.ask(row.name === 'junk.pdf' ? 'customerFiles.delete' : 'customerFiles.putBack', {
      id: row.id,
    });
  }
  expect(site.remote()).toEqual(['account_number/N300000.pdf']);
  expect(await engine.ask('customerFiles.unidentified', {})).toEqual([]);
  await site.close();
  fillCustomers(site.dataDir, site.clock, [
    ...people,
    { customer_id: '300', account_number: 'N300000', name: 'New' },
  ]);
  expect(await site.run()).toMatchObject({ attached: 1, unidentified: 0 });
});

it('files that people put into "unidentified" or take away there are noticed', async () => {
  const site = await CentralSite.open();
  site.drop(`${account}/unidentified/by hand.pdf`, 'a');
  site.drop(`${account}/nobody.pdf`, 'b');
  await site.run();
  const engine = await site.engine();
  const names = async () =>
    (await engine.ask('customerFiles.unidentified', {})).map(({ name }) => name).sort();
  expect(await names()).toEqual(['by hand.pdf', 'nobody.pdf']);
  rmSync(join(site.home, account, 'unidentified/nobody.pdf'));
  await site.run();
  expect(await names()).toEqual(['by hand.pdf']);
});

it('an unidentified file can be looked at, part by part', async () => {
  const site = await CentralSite.open();
  const content = Buffer.alloc(700_000, 'preview ');
  site.drop(`${account}/nobody.txt`, content);
  await site.run();
  const engine = await site.engine();
  const [row] = await engine.ask('customerFiles.unidentified', {});
  const parts: Buffer[] = [];
  for (let offset = 0; offset < content.length; ) {
    const part = await engine.ask('customerFiles.preview', { id: row?.id ?? 0, offset });
    expect(part.sizeBytes).toBe(content.length);
    parts.push(Buffer.from(part.base64, 'base64'));
    offset += Buffer.byteLength(part.base64, 'base64');
  }
  expect(Buffer.concat(parts).equals(content)).toBe(true);
});

it('hostile names become safe local ones', async () => {
  const site = await CentralSite.open({
    folders: [{ ...dropFolderPresets['account-number'], pattern: '*{key}' }],
  });
  const names = [
    'con.N1',
    '..N1',
    'a:b*N1?.pdf',
    'evil\u202Efdp.exe',
    `${'x'.repeat(240)}N1.pdf`,
    '-rf N1.pdf',
  ];
  for (const name of names) site.drop(`${account}/${name}`, name);
  await site.run();
  const engine = await site.engine();
  for (const { id } of await engine.ask('customerFiles.unidentified', {}))
    await engine.ask('customerFiles.attach', { id, customer: '101' });
  // A hidden file is left to the partner's program.
  expect(site.remote()).toEqual(['account_number/..N1']);
  expect(site.attachments()).toHaveLength(names.length - 1);
  for (const path of site.attachments()) {
    expect(path).toMatch(/^customers\/101\/[^\p{Cc}\p{Cf}<>:"|?*\\/]{1,160}$/u);
    expect(path).not.toMatch(/\/(?:con\b|\.)/i);
  }
});

it('names are found by search in name, number and file', async () => {
  const site = await CentralSite.open();
  for (const { account_number } of people) site.drop(`${account}/${account_number}.pdf`, account_number);
  await site.run();
  const engine = await site.engine();
  const search = async (text: string) =>
    (await engine.ask('customerFiles.customers', { search: text, limit: 10 })).rows.map(({ label }) => label);
  expect(await search('ÖBERG')).toEqual(['Åsa Öberg']);
  expect(await search('N123457')).toEqual(['John Brown']);
  expect(await search('n200000.PDF')).toEqual(['Åsa Öberg']);
  expect(await search('%')).toEqual([]);
});

it('a deleted attachment comes back when its content is dropped again', async () => {
  const site = await CentralSite.open();
  site.drop(`${account}/N123456.pdf`, 'a');
  await site.run();
  const [path = ''] = site.attachments();
  rmSync(join(site.dataDir, 'attachments', path));
  site.drop(`${account}/N123456.pdf`, 'a');
  expect(await site.run()).toMatchObject({ attached: 0, again: 1 });
  expect(readFileSync(join(site.dataDir, 'attachments', path), 'utf8')).toBe('a');
});
