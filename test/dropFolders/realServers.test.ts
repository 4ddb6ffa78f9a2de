import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import type { ServerName } from '../servers/serverAvailability.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { startPureFtpd } from '../servers/startPureFtpd.ts';
import { startPyftpdlib } from '../servers/startPyftpdlib.ts';
import { startVsftpd } from '../servers/startVsftpd.ts';
import { ftpFactory } from '../transport/contract/ftpWorld.ts';
import { DropSite } from './dropWorld.ts';
import { curlUpload, filesOn, putOnDisk } from './partner.ts';

const servers: Partial<Record<ServerName, () => Promise<FtpServer>>> = {
  vsftpd: startVsftpd,
  ProFTPD: startProftpd,
  'Pure-FTPd': startPureFtpd,
  pyftpdlib: startPyftpdlib,
};

for (const [name, start] of Object.entries(servers)) {
  // Object.entries widens the keys of the table above.
  describeWithServer(name as ServerName, `partners' files on ${name}`, () => {
    let server: FtpServer;
    let number = 0;
    let path: string;
    const folder = () => ({ path, takes: () => true });
    const open = () => new DropSite(ftpFactory(server), systemClock);

    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.stop());
    beforeEach(() => {
      number += 1;
      path = `partners/${number}`;
    });
    const filesHere = () => filesOn(server).filter((file) => file.startsWith(`${path}/`));

    it('files of awkward names are taken whole, or moved aside, and nothing else is touched', async () => {
      const names = ['N 1.pdf', "é 'q' [x] {y}.pdf", '-rf.pdf', 'a%b#c&d=1.pdf', `${'x'.repeat(251)}.pdf`];
      for (const file of names) putOnDisk(server, `${path}/${file}`, `content of ${file}`);
      putOnDisk(server, `${path}/unidentified/N 1.pdf`, 'older');
      putOnDisk(server, `${path}/test/a.pdf`, 'a test');
      const site = open();
      const settled = await site.take({
        folder: folder(),
        settleSeconds: 0,
        handle: (file) =>
          file.name === 'N 1.pdf' ? { do: 'move', to: `${path}/unidentified` } : { do: 'remove' },
      });
      expect(site.notes).toEqual([]);
      expect(settled).toEqual({ taken: names.length, growing: 0, failed: 0 });
      expect(site.names.sort()).toEqual(names.sort());
      for (const { content, name: file } of site.taken) expect(content).toBe(`content of ${file}`);
      expect(filesHere()).toEqual([
        `${path}/test/a.pdf`,
        `${path}/unidentified/N 1 (2).pdf`,
        `${path}/unidentified/N 1.pdf`,
      ]);
    });

    it('a slow upload with curl is never picked up half-written', async () => {
      const site = open();
      const content = Buffer.alloc(700_000, 'half is not enough. ');
      let uploading = true;
      const upload = curlUpload(server, `${path}/N1.pdf`, content, '--limit-rate', '200k').finally(() => {
        uploading = false;
      });
      let looksMeanwhile = 0;
      while (uploading) {
        await site.take({ folder: folder(), settleSeconds: 2 });
        if (uploading) looksMeanwhile += 1;
      }
      await upload;
      await site.take({ folder: folder(), settleSeconds: 2 });
      expect(looksMeanwhile).toBeGreaterThan(0);
      expect(site.taken.map(({ name: file, sizeBytes }) => [file, sizeBytes])).toEqual([
        ['N1.pdf', content.length],
      ]);
      expect(filesHere()).toEqual([]);
    });

    it('of two programs with data directories of their own, one gets each file', async () => {
      const names = [...Array(8).keys()].map((index) => `${index}.pdf`);
      for (const file of names) putOnDisk(server, `${path}/${file}`, file);
      const [one, other] = [open(), open()];
      await Promise.all([one, other].map((site) => site.take({ folder: folder(), settleSeconds: 0 })));
      expect([...one.names, ...other.names].sort()).toEqual(names);
      expect(filesHere()).toEqual([]);
    });

    it('a claim that a crash left is taken up by the next run', async () => {
      putOnDisk(server, `${path}/N1.pdf`, 'content');
      const site = open();
      await site.take({
        folder: folder(),
        settleSeconds: 0,
        handle() {
          throw new Error('killed');
        },
      });
      expect(filesHere()).toEqual([expect.stringMatching(/claimed\/[a-z0-9]{12}~N1\.pdf$/)]);
      expect(await site.take({ folder: folder(), settleSeconds: 0 })).toMatchObject({ taken: 1 });
      expect(site.taken).toMatchObject([{ name: 'N1.pdf', content: 'content' }]);
      expect(filesHere()).toEqual([]);
    });
  });
}
