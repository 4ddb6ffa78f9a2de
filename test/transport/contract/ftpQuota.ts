import { describe, expect, test } from 'vitest';
import type { FtpServer, FtpServerOptions } from '../../servers/ftpServer.ts';
import { sourceOf } from '../../support/transportBytes.ts';
import { patternBytes } from './contractBytes.ts';
import { expectRefusal } from './expectRefusal.ts';
import { ftpFactory } from './ftpWorld.ts';

/** A server whose account may store 1 MiB. */
export function ftpQuota(name: string, start: (options: FtpServerOptions) => Promise<FtpServer>): void {
  describe(`${name}, quota of 1 MiB`, () => {
    test.for([
      ['plain', 'off'],
      ['TLS', 'required'],
    ] as const)(
      '%s: a file that does not fit is no-room every time, one that fits still arrives',
      async ([, tls]) => {
        const server = await start({ tls });
        try {
          const factory = ftpFactory(server, {
            enableSsl: tls !== 'off',
            ...(tls === 'off' ? {} : { pinnedFingerprintSha256: server.fingerprintSha256 }),
          });
          for (let round = 0; round < 5; round += 1) {
            const transport = await factory.open();
            const upload = transport.upload(
              `too-large-${round}`,
              sourceOf(patternBytes(3 * 1024 * 1024), 65_536),
            );
            await expectRefusal(upload, 'no-room', 'full');
            await transport.close();
          }
          const transport = await factory.open();
          for (let round = 0; round < 5; round += 1) await transport.remove(`too-large-${round}`);
          await transport.upload('fits', sourceOf(patternBytes(100_000)));
          expect(await transport.fileSize('fits')).toBe(100_000);
          await transport.close();
        } finally {
          await server.stop();
        }
      },
    );
  });
}
