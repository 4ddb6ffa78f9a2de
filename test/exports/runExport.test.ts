import { describe, expect, it } from 'vitest';
import { createMemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { exportOf, exportWorld, standard, users } from './exportsFixture.ts';

const day = 86_400_000;

function office() {
  const clock = createFakeClock();
  const server = createMemoryServer({ clock });
  const world = exportWorld(clock);
  const files = () =>
    Object.fromEntries([...server.snapshot()].map(([path, content]) => [path, content.toString()]));
  return { clock, server, world, files, factory: server.factory('memory') };
}

describe('an export', () => {
  it('writes all rows under the local time, as CSV that says its columns, and leaves nothing else', async () => {
    const { world, files, factory, clock } = office();
    world.addUser({
      email: 'a@x',
      name: 'Ada, "the first"',
      born: '1815-12-10',
      balance: '-12.50',
      active: 'yes',
    });
    world.addUser({ email: 'b@x', name: '=cmd()' });
    const outcome = await world.run(factory);
    expect(outcome).toMatchObject({ outcome: 'done', rows: 2 });
    expect(outcome.fileName).toMatch(/^2026-03-01-\d\d-00-00\.csv$/);
    expect(files()).toEqual({
      [`exports/users/${outcome.fileName}`]:
        'email,name,born,balance,active\r\na@x,"Ada, ""the first""",1815-12-10,-12.50,true\r\nb@x,\'=cmd(),,,\r\n',
    });
    await clock.advance(1000);
    const bare = await world.run(factory, exportOf({ neutraliseFormulas: false, columns: ['name'] }));
    expect(files()[`exports/users/${bare.fileName}`]).toBe('name\r\n"Ada, ""the first"""\r\n=cmd()\r\n');
  });

  it('has only the rows of its query', async () => {
    const { world, files, factory } = office();
    world.addUser({ email: 'a@x', born: '1990-01-01' });
    world.addUser({ email: 'b@x', born: '1970-01-01' });
    world.addUser({ email: 'c@y' });
    const filters = [
      { column: 'born', operator: 'at-least', value: '1980-01-01' },
      { column: 'email', operator: 'contains', value: '@X' },
    ];
    await world.run(factory, exportOf({ filters, columns: ['email'] }));
    expect(Object.values(files())).toEqual(['email\r\na@x\r\n']);
  });

  it('gives two files of one second different names, also when a partner has taken the first', async () => {
    const { world, files, factory, server } = office();
    world.addUser({ email: 'a@x' });
    const first = await world.run(factory);
    world.ledger.commit('history', ({ exports }) => {
      exports.begin({ runId: 'old', name: 'users', startedBy: 'test', startedMs: 0 });
      exports.end({
        runId: 'old',
        endedMs: 1,
        outcome: 'done',
        rows: 1,
        sizeBytes: 1,
        fileName: first.fileName,
        note: '',
        error: undefined,
      });
    });
    await (await server.factory('partner').open()).remove(`exports/users/${first.fileName}`);
    const second = await world.run(factory);
    expect(second.fileName).toBe(first.fileName?.replace('.csv', '-2.csv'));
    expect(Object.keys(files())).toEqual([`exports/users/${second.fileName}`]);
  });

  it('of changes writes what was added or changed since, and nothing where nothing was', async () => {
    const { world, files, factory, clock } = office();
    const settings = exportOf({ kind: 'changes', columns: ['email', 'name'] });
    world.addUser({ email: 'a@x', name: 'A' });
    expect(await world.run(factory, settings)).toMatchObject({ outcome: 'done', rows: 1 });
    expect(await world.run(factory, settings)).toMatchObject({
      outcome: 'empty',
      rows: 0,
      fileName: undefined,
    });
    await clock.advance(1000);
    world.addUser({ email: 'a@x', name: 'A changed' });
    world.addUser({ email: 'b@x', name: 'B' });
    const second = await world.run(factory, settings);
    expect(files()[`exports/users/${second.fileName}`]).toBe('email,name\r\na@x,A changed\r\nb@x,B\r\n');
    const whole = await world.run(factory, settings, { complete: true });
    expect(whole).toMatchObject({ rows: 2 });
    expect(await world.run(factory, settings)).toMatchObject({ outcome: 'empty' });
  });

  it('of changes loses nothing when the clock is set back', async () => {
    const { world, files, factory, clock } = office();
    const settings = exportOf({ kind: 'changes', columns: ['email'] });
    world.addUser({ email: 'a@x' });
    await world.run(factory, settings);
    clock.setWallClock(clock.now() - day);
    world.addUser({ email: 'b@x' });
    const second = await world.run(factory, settings);
    expect(files()[`exports/users/${second.fileName}`]).toBe('email\r\nb@x\r\n');
  });

  it('of changes tells, after an import, which rows are really new', async () => {
    const { world, files, factory, clock } = office();
    const settings = exportOf({ kind: 'changes', columns: ['email', 'name'] });
    const put = (rows: readonly (readonly string[])[]) => {
      const staging = world.records.stage(users, standard, 'test', ['email', 'name']);
      for (const [index, row] of rows.entries()) staging.add(index + 2, row);
      staging.finish();
      world.records.publish(users, standard, staging.editionId, 3);
      return staging.editionId;
    };
    const first = put([
      ['a@x', 'A'],
      ['b@x', 'B'],
    ]);
    await world.run(factory, settings);
    await clock.advance(1000);
    world.addUser({ email: 'late@x', name: 'before the import, not exported' });
    put([
      ['b@x', 'B'],
      ['late@x', 'before the import, not exported'],
      ['a@x', 'A2'],
    ]);
    const second = await world.run(factory, settings);
    expect(files()[`exports/users/${second.fileName}`]).toBe(
      'email,name\r\nlate@x,"before the import, not exported"\r\na@x,A2\r\n',
    );
    await clock.advance(1000);
    expect(await world.run(factory, settings)).toMatchObject({ outcome: 'empty' });
    // Published again between two runs, it has nothing new: not by the time it was published either.
    const present = world.records.sets(users)[0]?.published?.editionId ?? '';
    world.records.publish(users, standard, first, 3);
    await clock.advance(1000);
    world.records.publish(users, standard, present, 3);
    expect(await world.run(factory, settings)).toMatchObject({ outcome: 'empty' });
  });

  it('removes its own old files by the time in their names, and nothing else', async () => {
    const { world, files, factory, server, clock } = office();
    world.addUser({ email: 'a@x' });
    const first = await world.run(factory, exportOf({ keepDays: 30 }));
    for (const name of [
      '2020-01-01.csv',
      'report 2020.csv',
      '2020-01-01-00-00-00.csv.bak',
      '2020-13-01-00-00-00.csv',
    ])
      server.put(`exports/users/${name}`, Buffer.from('theirs'));
    server.put('exports/users/2020-01-01-00-00-00-2.csv', Buffer.from('ours, of a lost disk'));
    await clock.advance(29 * day);
    expect((await world.run(factory)).removed).toEqual(['2020-01-01-00-00-00-2.csv']);
    await clock.advance(2 * day);
    expect((await world.run(factory)).removed).toEqual([first.fileName]);
    expect(Object.keys(files()).filter((path) => path.includes('2020'))).toHaveLength(4);
    await clock.advance(1000 * day);
    expect((await world.run(factory, exportOf({ keepDays: 0 }))).removed).toEqual([]);
  });

  it('refuses a dataset or a column that is not there, and says which are', async () => {
    const { world, factory } = office();
    await expect(world.run(factory, exportOf({ dataset: 'nobody' }))).rejects.toMatchObject({
      code: 'no-dataset',
    });
    await expect(world.run(factory, exportOf({ columns: ['shoe-size'] }))).rejects.toMatchObject({
      code: 'no-column',
      message: expect.stringContaining('shoe-size'),
    });
  });

  it('is cancelled with nothing visible', async () => {
    const { world, files, factory } = office();
    world.addUser({ email: 'a@x' });
    const abort = new AbortController();
    abort.abort();
    await expect(world.run(factory, exportOf(), { signal: abort.signal })).rejects.toMatchObject({
      class: 'cancelled',
    });
    expect(files()).toEqual({});
  });
});
