import type { SFTPWrapper } from 'ssh2';
import { describe, expect, test } from 'vitest';
import { createSftpTransportFactory } from '../../../electron/transport/sftp/sftpTransportFactory.ts';
import { type FtpConfiguration, ftpConfigurationSchema } from '../../../shared/settings.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, sourceOf } from '../../support/transportBytes.ts';
import { patternBytes } from '../contract/contractBytes.ts';
import { expectRefusal } from '../contract/expectRefusal.ts';
import { sftpFactory } from '../contract/sftpWorld.ts';
import { type FakeSshOptions, type FakeSshServer, startFakeSshServer } from './fakeSshServer.ts';

const handle = Buffer.from('h');
const endOfFile = 1;
const ok = 0;
const file = (size: number) => ({ mode: 0x81a4, uid: 0, gid: 0, size, atime: 0, mtime: 0 });
const folder = { ...file(0), mode: 0x41ed };

async function open(serve: FakeSshOptions['serve'], ident?: string) {
  const server = await startFakeSshServer({
    ...(serve === undefined ? {} : { serve }),
    ...(ident === undefined ? {} : { ident }),
  });
  return await sftpFactory(server).open();
}

function configuration({ host, port, username }: FakeSshServer, more: Partial<FtpConfiguration>) {
  return ftpConfigurationSchema.parse({ protocol: 'sftp', host, port, username, ...more });
}

/** A folder whose entries come in these batches; the last one for ever where it says so. */
function listing(batches: readonly (readonly string[])[], endless = false) {
  return (sftp: SFTPWrapper) => {
    let next = 0;
    sftp.on('OPENDIR', (id) => sftp.handle(id, handle));
    sftp.on('CLOSE', (id) => sftp.status(id, ok));
    sftp.on('READDIR', (id) => {
      const batch = batches[endless ? Math.min(next, batches.length - 1) : next];
      next += 1;
      if (batch === undefined) return sftp.status(id, endOfFile);
      sftp.name(
        id,
        batch.map((filename) => ({ filename, longname: filename, attrs: file(1) })),
      );
    });
  };
}

describe('an SFTP server that is not to be believed', () => {
  test('names that could lead elsewhere are left out', async () => {
    const names = ['good', '..', '.', '../up', 'a/b', 'a\\b', 'a\nb', '', 'x'.repeat(1001), 'b\u0000c'];
    const transport = await open(listing([names]));
    expect(await transport.list('')).toMatchObject([{ name: 'good', kind: 'file', sizeBytes: 1 }]);
    await transport.close();
  });

  test('an endless listing is not believed, and the connection goes on', async () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => `file-${index}`);
    const transport = await open(listing([thousand], true));
    await expectRefusal(transport.list(''), 'bad-reply', 'retry');
    expect(transport.closed).toBe(false);
    await transport.close();
  });

  test('an answer of another kind than was asked for ends the connection', async () => {
    const transport = await open((sftp) => {
      sftp.on('STAT', (id) => sftp.handle(id, handle));
    });
    await expectRefusal(transport.fileSize('a'), 'bad-reply', 'retry');
    await expectRefusal(transport.fileSize('a'), 'connection-lost', 'retry');
  });

  test('a yes where a handle was asked for is no handle', async () => {
    const transport = await open((sftp) => {
      sftp.on('OPEN', (id) => sftp.status(id, ok));
      sftp.on('STAT', (id) => sftp.attrs(id, file(3)));
    });
    await expectRefusal(transport.download('a', collectingSink()), ['bad-reply'], 'retry');
  });

  test('a file that comes in smaller pieces than asked for is whole all the same', async () => {
    const content = patternBytes(300_000);
    const transport = await open((sftp) => {
      sftp.on('OPEN', (id) => sftp.handle(id, handle));
      sftp.on('STAT', (id) => sftp.attrs(id, file(content.length)));
      sftp.on('CLOSE', (id) => sftp.status(id, ok));
      sftp.on('READ', (id, _handle, offset, length) => {
        const some = content.subarray(offset, offset + Math.min(length, 20_000));
        if (some.length === 0) sftp.status(id, endOfFile);
        else sftp.data(id, some);
      });
    });
    const sink = collectingSink();
    expect(await transport.download('a', sink, { expectedBytes: content.length })).toBe(content.length);
    expect(sink.bytes().equals(content)).toBe(true);
    await transport.close();
  });

  test('a file that ends before its size is size-mismatch', async () => {
    const transport = await open((sftp) => {
      sftp.on('OPEN', (id) => sftp.handle(id, handle));
      sftp.on('STAT', (id) => sftp.attrs(id, file(100_000)));
      sftp.on('CLOSE', (id) => sftp.status(id, ok));
      sftp.on('READ', (id, _handle, offset) =>
        offset === 0 ? sftp.data(id, Buffer.alloc(32_768)) : sftp.status(id, endOfFile),
      );
    });
    await expectRefusal(transport.download('a', collectingSink()), 'size-mismatch', 'retry');
    await transport.close();
  });

  test('an upload whose size is told wrong is no success', async () => {
    const transport = await open((sftp) => {
      sftp.on('OPEN', (id) => sftp.handle(id, handle));
      sftp.on('WRITE', (id) => sftp.status(id, ok));
      sftp.on('CLOSE', (id) => sftp.status(id, ok));
      sftp.on('STAT', (id) => sftp.attrs(id, file(7)));
    });
    await expectRefusal(transport.upload('a', sourceOf('12345678')), 'size-mismatch', 'retry');
    await transport.close();
  });

  test.for([
    ['OpenSSH_9.2p1', 5_000_000],
    ['SomeServer_1.0', 5_000_000 - 2 * 1024 * 1024],
  ] as const)('%s: an upload goes on at byte %i, where every byte before is safe', async ([ident, from]) => {
    const content = patternBytes(5_100_000);
    const written: number[] = [];
    let size = 5_000_000;
    const transport = await open((sftp) => {
      sftp.on('STAT', (id) => sftp.attrs(id, file(size)));
      sftp.on('OPEN', (id) => sftp.handle(id, handle));
      sftp.on('CLOSE', (id) => sftp.status(id, ok));
      sftp.on('WRITE', (id, _handle, offset, data) => {
        written.push(offset);
        size = Math.max(size, offset + data.length);
        sftp.status(id, ok);
      });
    }, ident);
    let moved = 0;
    await transport.upload('a', sourceOf(content), {
      offset: 5_000_000,
      onBytes: (count) => {
        moved += count;
      },
    });
    expect([Math.min(...written), moved]).toEqual([from, 100_000]);
    await transport.close();
  });

  test('a server that falls silent is given up after the reply time-out', async () => {
    const server = await startFakeSshServer({ serve: () => undefined });
    const clock = createFakeClock();
    const ftp = configuration(server, { replyTimeoutSeconds: 30 });
    const { password, identities: trusted } = server;
    const transport = await createSftpTransportFactory({ ftp, password, trusted, clock }).open();
    const size = expectRefusal(transport.fileSize('a'), 'timed-out', 'retry');
    await clock.advance(29_000);
    expect(transport.closed).toBe(false);
    await clock.advance(1_000);
    await size;
    expect(transport.closed).toBe(true);
  });

  test('a connection that nobody uses is kept alive by a question', async () => {
    let asked = 0;
    const seen = Promise.withResolvers<void>();
    const server = await startFakeSshServer({
      serve: (sftp) =>
        sftp.on('STAT', (id) => {
          asked += 1;
          sftp.attrs(id, folder);
          seen.resolve();
        }),
    });
    const clock = createFakeClock();
    const ftp = configuration(server, { keepAliveSeconds: 30 });
    const { password, identities: trusted } = server;
    const transport = await createSftpTransportFactory({ ftp, password, trusted, clock }).open();
    await clock.advance(30_000);
    await seen.promise;
    expect([asked, transport.closed]).toEqual([1, false]);
    await transport.close();
  });
});
