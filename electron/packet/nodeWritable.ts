import type { Extract, Pack } from 'tar-stream';

/**
 * A stream of tar-stream, for Node's pipeline.
 *
 * Its streams are streamx's, which keep to the protocol of Node's (write, end, drain, finish, close, destroy) and
 * are accepted by Node's pipeline, but are not declared so; hence the cast.
 */
export function nodeWritable(stream: Extract | ReturnType<Pack['entry']>): NodeJS.WritableStream {
  return stream as unknown as NodeJS.WritableStream;
}
