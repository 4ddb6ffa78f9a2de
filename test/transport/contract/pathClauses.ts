import { expect, test } from 'vitest';
import { sourceOf } from '../../support/transportBytes.ts';
import type { ContractSession } from './contractSession.ts';
import { expectRefusal } from './expectRefusal.ts';

const badPaths: readonly string[] = [
  '/etc/passwd',
  '..',
  '../a',
  'a/../b',
  'a/..',
  '.',
  './a',
  'a//b',
  'a/',
  'a\\b',
  '..\\a',
  'a\nDELE b',
  'a\rb',
  'a\0b',
  'a\tb',
  'a\u007fb',
  'a\u0085b',
];

export function pathClauses(session: ContractSession): void {
  test.for(badPaths)('%j is refused by every call before it is sent', async (path) => {
    await session.inFolder(async (transport, folder) => {
      const sink = { write: () => expect.unreachable('nothing is read') };
      const calls: Promise<unknown>[] = [
        transport.list(path),
        transport.fileSize(path),
        transport.upload(path, sourceOf('x')),
        transport.download(path, sink),
        transport.rename(path, `${folder}/a`),
        transport.rename(`${folder}/a`, path),
        transport.remove(path),
        transport.makeFolder(path),
        transport.removeFolder(path),
        transport.modifiedTime(path),
      ];
      await Promise.all(calls.map((call) => expectRefusal(call, 'bad-path', 'fix')));
      expect(transport.closed).toBe(false);
    });
  });

  test('the home directory itself is no file', async () => {
    const transport = await session.connection();
    await expectRefusal(transport.upload('', sourceOf('x')), 'bad-path', 'fix');
    await expectRefusal(transport.remove(''), 'bad-path', 'fix');
    await expectRefusal(transport.rename('', 'a'), 'bad-path', 'fix');
    await expectRefusal(transport.removeFolder(''), 'bad-path', 'fix');
  });
}
