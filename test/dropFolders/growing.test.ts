import { expect, it } from 'vitest';
import { FaultScript } from '../../electron/transport/decorators/faultScript.ts';
import { withScriptedFaults } from '../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { DropSite, folder } from './dropWorld.ts';

/** An upload under way goes on into the file when it is renamed: here it does so before one call of the run. */
function world() {
  const clock = createFakeClock({ sleepsAdvance: true });
  const server = createMemoryServer({ clock });
  const site = new DropSite(server.factory('memory'), clock);
  const files = () => new Map([...server.snapshot()].map(([path, bytes]) => [path, bytes.toString()]));
  const grow = (content: string) => {
    for (const path of files().keys()) server.put(path, Buffer.from(content));
  };
  const takeWhileGrowing = (
    when: (method: string, path: string, nth: number) => boolean,
    content: string,
  ) => {
    const script = new FaultScript((call) => {
      if (when(call.method, call.path, call.nth)) grow(content);
      return undefined;
    });
    return site.take({ factory: withScriptedFaults(server.factory('memory'), script), settleSeconds: 60 });
  };
  return { clock, server, site, files, takeWhileGrowing };
}

const isClaimed = (path: string) => path.includes('/claimed/');

it.each([
  ['between look and claim', (method: string, path: string) => method === 'fileSize' && !isClaimed(path)],
  ['between claim and download', (method: string, path: string) => method === 'download' && isClaimed(path)],
  [
    'during the download',
    (method: string, path: string, nth: number) => method === 'fileSize' && isClaimed(path) && nth === 2,
  ],
])('an upload that goes on %s is not taken until it is whole', async (_when, when) => {
  const { clock, server, site, files, takeWhileGrowing } = world();
  server.put(`${folder.path}/a.pdf`, Buffer.from('half'));
  await site.take({ settleSeconds: 60 });
  await clock.advance(60_000);
  expect(await takeWhileGrowing(when, 'half and more')).toEqual({ taken: 0, growing: 1, failed: 0 });
  expect(site.taken).toEqual([]);
  await clock.advance(59_000);
  expect(await site.take({ settleSeconds: 60 })).toMatchObject({ taken: 0, growing: 1 });
  await clock.advance(60_000);
  expect(await site.take({ settleSeconds: 60 })).toMatchObject({ taken: 1, growing: 0 });
  expect(site.taken.map(({ content }) => content)).toEqual(['half and more']);
  expect(files().size).toBe(0);
});

it('an upload that goes on after all is taken again, under another id, before anything is removed', async () => {
  const { clock, server, site, files, takeWhileGrowing } = world();
  server.put(`${folder.path}/a.pdf`, Buffer.from('half'));
  await site.take({ settleSeconds: 60 });
  await clock.advance(60_000);
  const afterHandling = (method: string, path: string, nth: number) =>
    method === 'fileSize' && isClaimed(path) && nth === 3;
  expect(await takeWhileGrowing(afterHandling, 'half and the rest')).toMatchObject({ taken: 0, growing: 1 });
  expect([...files().values()]).toEqual(['half and the rest']);
  await clock.advance(60_000);
  expect(await site.take({ settleSeconds: 60 })).toMatchObject({ taken: 1 });
  expect(site.taken.map(({ content }) => content)).toEqual(['half', 'half and the rest']);
  expect(new Set(site.taken.map(({ claimId }) => claimId)).size).toBe(2);
  expect(files().size).toBe(0);
});
