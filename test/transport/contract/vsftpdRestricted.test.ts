import { expect, test } from 'vitest';
import { describeWithServer } from '../../servers/describeWithServer.ts';
import { startVsftpd } from '../../servers/startVsftpd.ts';
import { readAll, sourceOf } from '../../support/transportBytes.ts';
import { expectRefusal } from './expectRefusal.ts';
import { ftpWorld } from './ftpWorld.ts';

describeWithServer('vsftpd', 'a site that allows uploads but neither rename nor delete', () => {
  test('it connects and stores, and says plainly what it forbids', async () => {
    const world = ftpWorld(await startVsftpd({ forbidRenameAndDelete: true }));
    try {
      const transport = await world.factory.open();
      await transport.makeFolder('tmp');
      await transport.makeFolder('central');
      await transport.upload('tmp/a', sourceOf('content'));
      expect(String(await readAll(transport, 'tmp/a'))).toBe('content');
      await expectRefusal(transport.rename('tmp/a', 'central/a'), ['forbidden', 'rename-refused'], 'fix');
      await expectRefusal(transport.upload('tmp/a', sourceOf('other')), ['forbidden', 'exists'], 'fix');
      await expectRefusal(transport.remove('tmp/a'), 'forbidden', 'fix');
      await expectRefusal(transport.removeFolder('central'), 'forbidden', 'fix');
      expect(String(await world.read('tmp/a'))).toBe('content');
      expect(await world.read('central/a')).toBeUndefined();
      expect(transport.closed).toBe(false);
      await transport.close();
    } finally {
      await world.stop();
    }
  });
});
