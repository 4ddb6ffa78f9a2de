import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { runFake } from '../cli/runFake.ts';
import { temporaryFolder } from './recordsFixture.ts';

/** Runs commands against a real engine in a folder of its own. */
function commandLine() {
  const dataDir = temporaryFolder();
  const run = (...argv: string[]) =>
    runFake([...argv, '--data-dir', dataDir], {
      parts: {
        openEngine: (options) =>
          openEngine({ ...options, clock: systemClock, random: systemRandom, env: {} }),
      },
    });
  return { dataDir, run };
}

const articles = {
  formatVersion: 1,
  name: 'articles',
  key: ['code'],
  columns: [
    { name: 'code', type: 'text' },
    { name: 'price', type: 'decimal', min: 0 },
    { name: 'note', type: 'text' },
  ],
};

describe('branchline datasets', () => {
  it('lists the built-in ones and shows their columns', async () => {
    const { run } = commandLine();
    const list = await run('datasets', 'list');
    expect(list.exitCode).toBe(0);
    for (const name of ['customers', 'rate-book', 'users', 'enquiries']) expect(list.out).toContain(name);
    const show = await run('datasets', 'show', 'rate-book');
    expect(show.out).toMatch(/term +integer +Term \(months\) +key; one of 24, 36, 48/);
    expect(show.out).toContain('Nothing is published yet.');
    const none = await run('datasets', 'show', 'rate-books');
    expect([none.exitCode, none.err]).toEqual([
      2,
      expect.stringContaining('There is no dataset rate-books.'),
    ]);
  });

  it('adds one by its schema file, and says what is wrong with another', async () => {
    const { dataDir, run } = commandLine();
    const file = join(dataDir, 'articles.json');
    writeFileSync(file, JSON.stringify(articles));
    expect((await run('datasets', 'add', file)).out).toContain('The dataset articles was added');
    const row = await run('records', 'add', 'articles', 'code=A', 'price=1', 'note=x=y');
    expect([row.exitCode, row.out]).toEqual([0, expect.stringContaining('added')]);

    writeFileSync(file, JSON.stringify({ ...articles, columns: articles.columns.slice(0, 2) }));
    const used = await run('datasets', 'add', file);
    expect([used.exitCode, used.err]).toEqual([2, expect.stringContaining('has rows already')]);
    writeFileSync(file, '{ "name": ');
    expect((await run('datasets', 'add', file)).err).toContain('is not JSON');
    writeFileSync(file, JSON.stringify({ ...articles, columns: [{ name: 'Price', type: 'money' }] }));
    expect((await run('datasets', 'add', file)).err).toMatch(/columns\[0\]\.name[\s\S]*columns\[0\]\.type/);
    const gone = await run('datasets', 'add', join(dataDir, 'none.json'));
    expect([gone.exitCode, gone.err]).toEqual([2, expect.stringContaining('cannot be read')]);
  });

  it('exports the rows that are wanted, whole or not at all, with formulas made harmless', async () => {
    const { dataDir, run } = commandLine();
    const file = join(dataDir, 'articles.json');
    writeFileSync(file, JSON.stringify(articles));
    await run('datasets', 'add', file);
    await run('records', 'add', 'articles', 'code=A', 'price=1.50', 'note==cmd|calc');
    await run('records', 'add', 'articles', 'code=B', 'price=2', 'note=say "hi", twice');
    expect((await run('datasets', 'export', 'articles')).out).toBe(
      `code,price,note\r\nA,1.50,'=cmd|calc\r\nB,2,"say ""hi"", twice"\r\n`,
    );
    expect((await run('datasets', 'export', 'articles', '--raw', '--where', 'code=a')).out).toBe(
      'code,price,note\r\nA,1.50,=cmd|calc\r\n',
    );
    const out = join(dataDir, 'out.csv');
    const written = await run('datasets', 'export', 'articles', '--search', 'HI', '--out', out, '--json');
    expect(written.json().value).toEqual({ rows: 1, file: out });
    expect(readFileSync(out, 'utf8')).toBe('code,price,note\r\nB,2,"say ""hi"", twice"\r\n');

    const wrong = await run('datasets', 'export', 'articles', '--where', 'colour=red', '--out', `${out}2`);
    expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('no column colour')]);
    expect(existsSync(`${out}2`)).toBe(false);
    expect(readdirSync(dataDir).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect((await run('datasets', 'export', 'articles', '--json')).exitCode).toBe(2);
  });
});

describe('branchline records add', () => {
  it('names each column and what is wrong with it, and writes nothing then', async () => {
    const { run } = commandLine();
    const wrong = await run('records', 'add', 'users', 'email=ann', 'signed_up=25/11/2026', 'age=7');
    expect([wrong.exitCode, wrong.out]).toEqual([2, expect.stringMatching(/age: "7": .*no such column/)]);
    const bad = await run('records', 'add', 'users', 'email=ann', 'signed_up=25/11/2026');
    expect(bad.exitCode).toBe(2);
    expect(bad.out).toMatch(/email: "ann": .*form/);
    expect(bad.out).toMatch(/name: .*missing/);
    expect(bad.out).toMatch(/signed_up: "25\/11\/2026": .*another order/);
    expect((await run('datasets', 'export', 'users')).out).toBe(
      'email,name,phone,store,signed_up,newsletter\r\n',
    );
    expect((await run('records', 'add', 'users', 'email')).exitCode).toBe(2);
    expect((await run('records', 'add', 'users', 'email=a@b.c', 'email=d@e.f')).exitCode).toBe(2);
  });

  it('replaces the row with the same key', async () => {
    const { run } = commandLine();
    await run('records', 'add', 'users', 'email=a@b.c', 'name=Ann', 'newsletter=yes');
    await run('records', 'add', 'users', 'email=a@b.c', 'name=Anna');
    const rows = (await run('datasets', 'export', 'users')).out.split('\r\n').slice(1, -1);
    expect(rows).toEqual(['a@b.c,Anna,,,,']);
  });
});
