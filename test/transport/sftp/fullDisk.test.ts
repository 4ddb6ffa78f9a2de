import { expect, test } from 'vitest';
import { describeWithServer } from '../../servers/describeWithServer.ts';
import { startSshd } from '../../servers/startSshd.ts';
import { sourceOf } from '../../support/transportBytes.ts';
import { patternBytes } from '../contract/contractBytes.ts';
import { expectRefusal } from '../contract/expectRefusal.ts';
import { sftpFactory } from '../contract/sftpWorld.ts';

describeWithServer('OpenSSH', 'an OpenSSH server whose disk is full', () => {
  test('a file that does not fit is no-room every time, and one that fits still arrives', async () => {
    const server = await startSshd({ roomMegabytes: 4 });
    try {
      const transport = await sftpFactory(server).open();
      expect(await transport.freeBytes?.()).toBeLessThanOrEqual(4 * 1024 * 1024);
      for (let round = 0; round < 3; round += 1) {
        const upload = transport.upload(`large-${round}`, sourceOf(patternBytes(6 * 1024 * 1024)));
        // OpenSSH says "Failure", and nothing else.
        expect((await expectRefusal(upload, 'no-room', 'full')).message).toContain('Failure');
        await transport.remove(`large-${round}`);
      }
      await transport.upload('small', sourceOf(patternBytes(1_000_000)));
      expect(await transport.fileSize('small')).toBe(1_000_000);
      await transport.close();
    } finally {
      await server.stop();
    }
  });
});
