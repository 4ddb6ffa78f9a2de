import { Readable } from 'node:stream';
import type { DownloadSink, Transport, UploadSource } from '../../electron/transport/transport.ts';

/** An upload's source from bytes in memory; `chunkBytes` cuts it into several chunks. */
export function sourceOf(content: Uint8Array | string, chunkBytes?: number): UploadSource {
  const bytes = Buffer.from(content);
  return {
    sizeBytes: bytes.length,
    open(offset) {
      const rest = bytes.subarray(offset);
      const step = chunkBytes ?? Math.max(1, rest.length);
      const chunks: Buffer[] = [];
      for (let at = 0; at < rest.length; at += step) chunks.push(rest.subarray(at, at + step));
      return Readable.from(chunks);
    },
  };
}

/** A download's sink that keeps what it got. */
export function collectingSink(): DownloadSink & { bytes(): Buffer } {
  const chunks: Buffer[] = [];
  return {
    async write(chunk) {
      chunks.push(Buffer.from(chunk));
    },
    bytes: () => Buffer.concat(chunks),
  };
}

/** The whole content of a remote file. */
export async function readAll(transport: Transport, path: string): Promise<Buffer> {
  const sink = collectingSink();
  await transport.download(path, sink);
  return sink.bytes();
}
