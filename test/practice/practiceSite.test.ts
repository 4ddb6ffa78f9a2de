import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../support/fakeClock.ts';
import { password, practiceSite, rawClient, temporaryFolder, username } from './practiceFixture.ts';
import { connectRaw } from './rawFtp.ts';

describe('what clients can reach', () => {
  test('no path leads out of the root folder', async () => {
    const parent = temporaryFolder();
    const root = join(parent, 'root');
    mkdirSync(root);
    writeFileSync(join(parent, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'inside.txt'), 'inside');
    const raw = await rawClient((await practiceSite({ root })).port);
    for (const path of ['../secret.txt', '/../secret.txt', '/a/../../secret.txt', '..\\secret.txt']) {
      expect(await raw.command(`SIZE ${path}`)).toMatch(/^55[03] /);
    }
    expect(await raw.command('CDUP')).toBe('250 The folder is "/".');
    // `/..` is `/`, as on any server: this is the file inside.
    expect(await raw.command('SIZE ../../inside.txt')).toBe('213 6');
  });

  test('a symbolic link is neither listed nor followed', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    const site = await practiceSite();
    symlinkSync(outside, join(site.root, 'folder'));
    symlinkSync(join(outside, 'secret.txt'), join(site.root, 'file'));
    const raw = await rawClient(site.port);
    for (const command of [
      'CWD folder',
      'SIZE file',
      'RETR folder/secret.txt',
      'STOR file',
      'MKD folder/x',
    ]) {
      expect(await raw.command(command)).toMatch(/^550 /);
    }
    const data = await raw.openData();
    await raw.command('MLSD');
    expect(await text(data)).toBe('');
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
  });

  test('nothing but logging in is possible before logging in', async () => {
    const raw = await connectRaw((await practiceSite()).port);
    await raw.reply();
    for (const command of ['PWD', 'EPSV', 'LIST', 'STOR x', 'DELE x', 'REST 1']) {
      expect(await raw.command(command)).toBe('530 Log in first.');
    }
    raw.close();
  });

  test('a third wrong password ends the connection', async () => {
    const raw = await connectRaw((await practiceSite()).port);
    expect(await raw.logIn(username, 'wrong')).toBe('530 Log-in incorrect.');
    await raw.command('USER nobody');
    expect(await raw.command(`PASS ${password}`)).toBe('530 Log-in incorrect.');
    await raw.command(`USER ${username}`);
    expect(await raw.command('PASS')).toBe('530 Log-in incorrect.');
    expect(await raw.reply()).toBe('closed');
  });
});

describe('what clients can take', () => {
  test('one connection too many is told 421 and the next free place is taken', async () => {
    const { port } = await practiceSite({ maxConnections: 1 });
    const first = await rawClient(port);
    const second = await connectRaw(port);
    expect(await second.reply()).toMatch(/^421 /);
    expect(await second.reply()).toBe('closed');
    await first.command('QUIT');
    expect(await first.reply()).toBe('closed');
    await expect.poll(async () => (await rawClient(port)).command('NOOP')).toBe('200 OK.');
  });

  test('a line without end is cut off', async () => {
    const raw = await rawClient((await practiceSite()).port);
    raw.send('X'.repeat(20_000));
    expect(await raw.reply()).toBe('500 The line is too long.');
    expect(await raw.reply()).toBe('closed');
  });

  test('an idle client is told 421, one that keeps speaking is not', async () => {
    const clock = createFakeClock();
    const raw = await rawClient((await practiceSite({ clock, idleMs: 60_000 })).port);
    await clock.advance(50_000);
    expect(await raw.command('NOOP')).toBe('200 OK.');
    await clock.advance(50_000);
    expect(await raw.command('NOOP')).toBe('200 OK.');
    await clock.advance(60_000);
    expect(await raw.reply()).toBe('421 Idle for too long.');
    expect(await raw.reply()).toBe('closed');
  });

  test('a client that announces a transfer and never connects is told 425', async () => {
    const clock = createFakeClock();
    const raw = await rawClient((await practiceSite({ clock })).port);
    await raw.command('EPSV');
    expect(await raw.command('LIST')).toMatch(/^150 /);
    await clock.advance(30_000);
    expect(await raw.reply()).toBe('425 No data connection came.');
    expect(await raw.command('NOOP')).toBe('200 OK.');
  });
});

describe('data connections', () => {
  test('the site connects to the client itself only, and to no system port', async () => {
    const raw = await rawClient((await practiceSite()).port);
    for (const command of ['PORT 10,0,0,1,80,80', 'EPRT |1|10.0.0.1|5000|', 'PORT 127,0,0,1,0,25']) {
      expect(await raw.command(command)).toMatch(/^504 /);
    }
    expect(await raw.command('EPRT |3|127.0.0.1|5000|')).toMatch(/^522 /);
    expect(await raw.command('EPRT nonsense')).toMatch(/^501 /);
    expect(await raw.command('PORT 127,0,0,1,999')).toMatch(/^501 /);
  });

  test('PASV announces a port that works', async () => {
    const site = await practiceSite();
    writeFileSync(join(site.root, 'a.txt'), 'hello');
    const raw = await rawClient(site.port);
    const numbers = /\((\d+),(\d+),(\d+),(\d+),(\d+),(\d+)\)/.exec(await raw.command('PASV')) ?? [];
    const data = connect(Number(numbers[5]) * 256 + Number(numbers[6]), numbers.slice(1, 5).join('.'));
    expect(await raw.command('RETR a.txt')).toMatch(/^150 /);
    expect(await text(data)).toBe('hello');
    expect(await raw.reply()).toMatch(/^226 /);
  });

  test('after EPSV ALL no other way is taken', async () => {
    const raw = await rawClient((await practiceSite()).port);
    expect(await raw.command('EPSV ALL')).toMatch(/^200 /);
    for (const command of ['PASV', 'PORT 127,0,0,1,80,80', 'EPRT |1|127.0.0.1|5000|']) {
      expect(await raw.command(command)).toMatch(/^503 /);
    }
  });

  test('a transfer without an announced connection is told 425', async () => {
    const raw = await rawClient((await practiceSite()).port);
    expect(await raw.command('LIST')).toMatch(/^150 /);
    expect(await raw.reply()).toMatch(/^425 /);
  });

  test('ABOR ends the transfer under way and leaves what had arrived', async () => {
    const site = await practiceSite();
    const raw = await rawClient(site.port);
    const data = await raw.openData();
    await raw.command('STOR up.bin');
    data.write('first part');
    await expect.poll(() => readFileSync(join(site.root, 'up.bin'), 'utf8')).toBe('first part');
    expect(await raw.command('ABOR')).toBe('426 The transfer was aborted.');
    expect(await raw.reply()).toMatch(/^226 /);
    expect(readFileSync(join(site.root, 'up.bin'), 'utf8')).toBe('first part');
  });
});

describe('files', () => {
  test('commands sent in one go are answered in order', async () => {
    const site = await practiceSite();
    writeFileSync(join(site.root, 'a.txt'), 'hello');
    const raw = await rawClient(site.port);
    raw.send('MKD done\r\nRNFR a.txt\r\nRNTO done/a.txt\r\nSIZE done/a.txt\r\nNOOP\r\n');
    const replies: string[] = [];
    while (replies.length < 5) replies.push(await raw.reply());
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['257', '350', '250', '213', '200']);
    expect(existsSync(join(site.root, 'done', 'a.txt'))).toBe(true);
  });

  test('REST beyond the end is refused and holds for one transfer only', async () => {
    const site = await practiceSite();
    writeFileSync(join(site.root, 'a.txt'), '0123456789');
    const raw = await rawClient(site.port);
    await raw.command('REST 11');
    expect(await raw.command('RETR a.txt')).toMatch(/^554 /);
    await raw.command('REST 4');
    const data = await raw.openData();
    await raw.command('RETR a.txt');
    expect(await text(data)).toBe('456789');
    await raw.reply();
    const again = await raw.openData();
    await raw.command('RETR a.txt');
    expect(await text(again)).toBe('0123456789');
  });

  test('RNTO counts only right after RNFR', async () => {
    const site = await practiceSite();
    writeFileSync(join(site.root, 'a.txt'), 'hello');
    const raw = await rawClient(site.port);
    await raw.command('RNFR a.txt');
    await raw.command('NOOP');
    expect(await raw.command('RNTO b.txt')).toMatch(/^503 /);
  });

  test('the modified time that was set is the one that is told', async () => {
    const site = await practiceSite();
    writeFileSync(join(site.root, 'a b.txt'), 'hello');
    const raw = await rawClient(site.port);
    expect(await raw.command('MFMT 20240229133059 a b.txt')).toBe('213 Modify=20240229133059; a b.txt');
    expect(await raw.command('MDTM a b.txt')).toBe('213 20240229133059.000');
    expect(await raw.command('MFMT 20230229133059 a b.txt')).toMatch(/^501 /);
    expect(await raw.command('MLST a b.txt')).toContain(
      ' type=file;size=5;modify=20240229133059.000;perm=adfrw; /a b.txt',
    );
  });

  test('what is missing, in the way or not empty is told 550', async () => {
    const site = await practiceSite();
    mkdirSync(join(site.root, 'full', 'inner'), { recursive: true });
    const raw = await rawClient(site.port);
    for (const command of [
      ...['RETR none', 'DELE none', 'RNFR none', 'MDTM none', 'CWD none', 'MLSD none'],
      ...['MKD full', 'MKD none/inner', 'RMD full', 'RMD /', 'DELE full', 'RETR full', 'STOR none/x'],
    ]) {
      expect(await raw.command(command), command).toMatch(/^550 /);
    }
  });
});
