import { createCipheriv } from 'node:crypto';
import { Readable } from 'node:stream';
import type { UploadSource } from '../../../electron/transport/transport.ts';

/** Bytes that look random and are the same every time. */
export function patternBytes(count: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16)).update(Buffer.alloc(count));
}

export interface HangingSource extends UploadSource {
  readonly streams: readonly Readable[];
}

/** Delivers the first `through` bytes of the content and then nothing more, until it is destroyed. */
export function hangingSource(content: Buffer, through: number): HangingSource {
  const streams: Readable[] = [];
  return {
    sizeBytes: content.length,
    streams,
    open(offset) {
      let sent = false;
      const stream = new Readable({
        read() {
          if (sent) return;
          sent = true;
          this.push(content.subarray(offset, through));
        },
      });
      streams.push(stream);
      return stream;
    },
  };
}

/** Delivers the first `through` bytes of the content and then breaks with `error`. */
export function breakingSource(content: Buffer, through: number, error: Error): UploadSource {
  return {
    sizeBytes: content.length,
    open(offset) {
      let sent = false;
      return new Readable({
        read() {
          if (sent) this.destroy(error);
          else this.push(content.subarray(offset, through));
          sent = true;
        },
      });
    },
  };
}
