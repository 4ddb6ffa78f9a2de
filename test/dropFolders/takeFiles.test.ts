import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { MemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { createMemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { DropSite, folder } from './dropWorld.ts';

const path = (name: string) => `${folder.path}/${name}`;

function world() {
  const clock = createFakeClock({ sleepsAdvance: true });
  const server = createMemoryServer({ clock });
  return { clock, server, site: () => new DropSite(server.factory('memory'), clock) };
}

function paths(server: MemoryServer): string[] {
  return [...server.snapshot().keys()];
}

it('a file that stays as it is while a run waits is taken in that run, and leaves nothing behind', async () => {
  const { server, site } = world();
  const central = site();
  server.put(path('N123456.pdf'), Buffer.from('scan'));
  expect(await central.take()).toEqual({ taken: 1, growing: 0, failed: 0 });
  expect(central.taken).toMatchObject([{ name: 'N123456.pdf', content: 'scan', folder: folder.path }]);
  expect(paths(server)).toEqual([]);
  expect(readdirSync(central.inbox)).toEqual([]);
  expect(central.ledger.read(({ dropFolders }) => dropFolders.claims())).toEqual([]);
});

it('where settling takes too long to wait for, a later run takes the file', async () => {
  const { clock, server, site } = world();
  const central = site();
  server.put(path('a.pdf'), Buffer.from('a'));
  expect(await central.take({ settleSeconds: 60 })).toEqual({ taken: 0, growing: 1, failed: 0 });
  await clock.advance(59_000);
  expect(await central.take({ settleSeconds: 60 })).toMatchObject({ taken: 0, growing: 1 });
  await clock.advance(1000);
  expect(await central.take({ settleSeconds: 60 })).toMatchObject({ taken: 1, growing: 0 });
});

it('a file whose size or time changes between two looks has to settle anew', async () => {
  const { clock, server, site } = world();
  const central = site();
  server.put(path('a.pdf'), Buffer.from('a'));
  await central.take({ settleSeconds: 60 });
  await clock.advance(50_000);
  server.put(path('a.pdf'), Buffer.from('b'));
  await central.take({ settleSeconds: 60 });
  await clock.advance(50_000);
  expect(await central.take({ settleSeconds: 60 })).toMatchObject({ taken: 0, growing: 1 });
  await clock.advance(10_000);
  expect(await central.take({ settleSeconds: 60 })).toMatchObject({ taken: 1 });
  expect(central.taken[0]?.content).toBe('b');
});

it('a clock that is set back does not make a file settled', async () => {
  const { clock, server, site } = world();
  const central = site();
  server.put(path('a.pdf'), Buffer.from('a'));
  await central.take({ settleSeconds: 60 });
  clock.setWallClock(clock.now() - 86_400_000);
  expect(await central.take({ settleSeconds: 60 })).toMatchObject({ taken: 0, growing: 1 });
  await clock.advance(60_000);
  expect(await central.take({ settleSeconds: 60 })).toMatchObject({ taken: 1 });
});

it('an empty file waits for a minute: most are uploads that have just begun', async () => {
  const { clock, server, site } = world();
  const central = site();
  server.put(path('a.pdf'), Buffer.alloc(0));
  expect(await central.take()).toEqual({ taken: 0, growing: 1, failed: 0 });
  await clock.advance(60_000);
  expect(await central.take()).toMatchObject({ taken: 1 });
  expect(central.taken[0]?.sizeBytes).toBe(0);
});

it('folders within a drop folder are never looked into', async () => {
  const { server, site } = world();
  const central = site();
  for (const inner of ['unidentified', 'test', 'rejected', 'done', 'other'])
    server.put(path(`${inner}/a.pdf`), Buffer.from('a'));
  expect(await central.take()).toEqual({ taken: 0, growing: 0, failed: 0 });
  expect(paths(server)).toHaveLength(5);
});

it('only files whose name the folder takes are taken', async () => {
  const { server, site } = world();
  const central = site();
  server.put(path('a.csv'), Buffer.from('a'));
  server.put(path('a.txt'), Buffer.from('a'));
  await central.take({ folder: { ...folder, takes: (name) => name.endsWith('.csv') } });
  expect(central.names).toEqual(['a.csv']);
  expect(paths(server)).toEqual([path('a.txt')]);
});

it('a file can be moved to another folder; what has its name there is kept', async () => {
  const { server, site } = world();
  const central = site();
  server.put(path('unidentified/A.PDF'), Buffer.from('old'));
  server.put(path('a.pdf'), Buffer.from('new'));
  await central.take({ handle: () => ({ do: 'move', to: path('unidentified') }) });
  expect(new Map([...server.snapshot()].map(([at, bytes]) => [at, bytes.toString()]))).toEqual(
    new Map([
      [path('unidentified/A.PDF'), 'old'],
      [path('unidentified/a (2).pdf'), 'new'],
    ]),
  );
});

it('a file whose handling fails stays claimed, does not stop the others, and is tried again with the same id', async () => {
  const { server, site } = world();
  const central = site();
  server.put(path('a.pdf'), Buffer.from('a'));
  server.put(path('b.pdf'), Buffer.from('b'));
  const ids: string[] = [];
  const failing = await central.take({
    handle(file) {
      if (file.name !== 'a.pdf') return { do: 'remove' };
      ids.push(file.claimId);
      throw new Error('no luck');
    },
  });
  expect(failing).toEqual({ taken: 1, growing: 0, failed: 1 });
  expect(central.names).toEqual(['b.pdf']);
  expect(central.notes.join()).toContain('no luck');
  expect(await central.take()).toMatchObject({ taken: 1, failed: 0 });
  expect(ids).toEqual([central.taken[1]?.claimId]);
});

it('of two programs with data directories of their own, one gets each file', async () => {
  const { server, site } = world();
  const [one, other] = [site(), site()];
  for (let number = 0; number < 20; number += 1) server.put(path(`${number}.pdf`), Buffer.from(`${number}`));
  await Promise.all([one.take(), other.take()]);
  expect([...one.names, ...other.names].sort()).toEqual([...Array(20).keys()].map((n) => `${n}.pdf`).sort());
  expect(paths(server)).toEqual([]);
});

it('a claim that no ledger knows is taken up after an hour, and not before', async () => {
  const { clock, server, site } = world();
  const lost = site();
  server.put(path('N1.pdf'), Buffer.from('a'));
  await lost.take({
    handle() {
      throw new Error('the disk is gone');
    },
  });
  const central = site();
  expect(await central.take()).toMatchObject({ taken: 0 });
  await clock.advance(59 * 60_000);
  expect(await central.take()).toMatchObject({ taken: 0 });
  await clock.advance(60_000);
  expect(await central.take()).toMatchObject({ taken: 1 });
  expect(central.names).toEqual(['N1.pdf']);
  expect(paths(server)).toEqual([]);
  // The one that had it finds it gone, and forgets it.
  expect(await lost.take()).toEqual({ taken: 0, growing: 0, failed: 0 });
  expect(lost.ledger.read(({ dropFolders }) => dropFolders.claims())).toEqual([]);
});

it('names of 255 bytes are claimed, moved and told whole', async () => {
  const { server, site } = world();
  const central = site();
  const name = `${'ü'.repeat(125)}x.pdf`;
  expect(Buffer.byteLength(name)).toBe(255);
  server.put(path(name), Buffer.from('a'));
  server.put(path(`unidentified/${name}`), Buffer.from('b'));
  await central.take({ handle: () => ({ do: 'move', to: path('unidentified') }) });
  expect(central.names).toEqual([name]);
  expect(paths(server)).toEqual([
    path(`unidentified/${'ü'.repeat(123)} (2).pdf`),
    path(`unidentified/${name}`),
  ]);
});
