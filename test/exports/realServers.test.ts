import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import type { ServerName } from '../servers/serverAvailability.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { startPureFtpd } from '../servers/startPureFtpd.ts';
import { startPyftpdlib } from '../servers/startPyftpdlib.ts';
import { startVsftpd } from '../servers/startVsftpd.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { ftpFactory } from '../transport/contract/ftpWorld.ts';
import { exportOf, exportWorld } from './exportsFixture.ts';

const servers: readonly (readonly [ServerName, () => Promise<FtpServer>])[] = [
  ['ProFTPD', () => startProftpd()],
  ['Pure-FTPd', () => startPureFtpd()],
  ['vsftpd', () => startVsftpd()],
  ['pyftpdlib', () => startPyftpdlib()],
];

for (const [name, start] of servers) {
  describeWithServer(name, `exports on ${name}`, () => {
    test('are published whole, leave nothing in tmp/, write nothing when nothing changed, and are pruned', async () => {
      const server = await start();
      onTestFinished(() => server.stop());
      const factory = ftpFactory(server);
      const clock = createFakeClock();
      const world = exportWorld(clock);
      const folder = join(server.homeOnDisk, 'exports/users');
      const settings = exportOf({ kind: 'changes', keepDays: 10, columns: ['email', 'name'] });
      for (let user = 1; user <= 200; user += 1)
        world.addUser({ email: `user${user}@example.com`, name: `Jürgen "the ${user}th"` });
      const first = await world.run(factory, settings);
      expect(first).toMatchObject({ outcome: 'done', rows: 200 });
      const content = readFileSync(join(folder, first.fileName ?? ''), 'utf8');
      expect(content.split('\r\n')).toHaveLength(202);
      expect(content).toContain('user200@example.com,"Jürgen ""the 200th"""\r\n');
      expect(readdirSync(join(server.homeOnDisk, 'tmp'))).toEqual([]);

      expect(await world.run(factory, settings)).toMatchObject({ outcome: 'empty' });
      writeFileSync(join(folder, 'theirs.csv'), 'theirs');
      await clock.advance(11 * 86_400_000);
      world.addUser({ email: 'late@example.com', name: 'Late' });
      const second = await world.run(factory, settings);
      expect(second).toMatchObject({ outcome: 'done', rows: 1, removed: [first.fileName] });
      expect(readdirSync(folder).sort()).toEqual([second.fileName, 'theirs.csv'].sort());

      // The reply to the rename was lost, and the partner was quick: nothing is written twice.
      const pending = {
        runId: 'lost',
        folder: 'exports/users',
        fileName: second.fileName ?? '',
        uploadPath: 'tmp/export-users-lost.csv',
        stage: 'renaming' as const,
        sizeBytes: second.sizeBytes,
        rows: 1,
        mark: { dataset: 'users', sets: {} },
      };
      const row = world.ledger.read(({ exports }) => exports.get('users'));
      world.ledger.commit('lost', ({ exports }) => {
        if (row?.mark !== undefined) exports.put({ ...row, pending: { ...pending, mark: row.mark } });
      });
      unlinkSync(join(folder, second.fileName ?? ''));
      expect(await world.run(factory, settings)).toMatchObject({ outcome: 'empty' });
      expect(readdirSync(folder)).toEqual(['theirs.csv']);
    });
  });
}
