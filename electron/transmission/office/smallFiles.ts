import { Readable } from 'node:stream';
import { ExchangeError } from '../../../shared/errors.ts';
import { tmpFolder } from '../../../shared/remoteNames.ts';
import type { Transport } from '../../transport/transport.ts';

/**
 * Reads a whole small remote file, or undefined when there is none.
 *
 * Errors: what the transport throws; `too-large` (fix) when it is longer than `maxBytes`.
 */
export async function readSmallFile(
  transport: Transport,
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await transport.download(
      path,
      {
        write: async (chunk) => {
          size += chunk.length;
          if (size > maxBytes) {
            throw new ExchangeError({
              code: 'too-large',
              class: 'fix',
              message: `${path} is larger than the ${maxBytes} bytes such a file may have.`,
              advice: 'Somebody else may have put it there; look at it with an FTP program.',
            });
          }
          chunks.push(chunk);
        },
      },
      { signal },
    );
  } catch (error) {
    if (error instanceof ExchangeError && error.code === 'not-found') return undefined;
    throw error;
  }
  return Buffer.concat(chunks);
}

/**
 * Publishes a small file: written into tmp/, read back, then renamed into its place.
 *
 * Promise: never visible under its name while incomplete or damaged. An existing file of the name is replaced.
 * Errors:  what the transport throws; `damaged-upload` (retry) when it reads back differently.
 */
export async function publishSmallFile(
  transport: Transport,
  path: string,
  text: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const bytes = Buffer.from(text);
  const tmp = `${tmpFolder}/${path.replaceAll('/', '-')}`;
  await transport.upload(
    tmp,
    {
      sizeBytes: bytes.length,
      open: (offset) => Readable.from([bytes.subarray(offset)], { objectMode: false }),
    },
    { signal },
  );
  const readBack = await readSmallFile(transport, tmp, bytes.length, signal);
  if (!readBack?.equals(bytes)) {
    await transport.remove(tmp, { signal });
    throw new ExchangeError({
      code: 'damaged-upload',
      class: 'retry',
      message: `${path} did not arrive on the server as it was sent.`,
      advice: 'Try again. If it happens often, ask the FTP provider: binary transfers are being altered.',
    });
  }
  try {
    await transport.rename(tmp, path, { signal });
  } catch (error) {
    if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
    // Servers that keep an existing file on rename: take the old one away first.
    await transport.remove(path, { signal });
    await transport.rename(tmp, path, { signal });
  }
}
