import { StringDecoder } from 'node:string_decoder';

/** Cuts what a client sends on the control connection into command lines. */
export interface ControlLines {
  /** The complete lines so far, without CR LF; undefined once a line is longer than allowed. */
  push(chunk: Buffer): string[] | undefined;
}

const maxLineLength = 8192;

/**
 * Telnet's "interpret as command", "interrupt process" and "data mark", which clients send before ABOR.
 * In UTF-8 they would only begin characters of planes that hold no assigned character.
 * Source: RFC 959 §4.1.3.
 */
const telnetBytes: ReadonlySet<number> = new Set([255, 244, 242]);

export function createControlLines(): ControlLines {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push(chunk) {
      const text = decoder.write(Buffer.from(chunk.filter((byte) => !telnetBytes.has(byte))));
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > maxLineLength || lines.some((line) => line.length > maxLineLength)) return undefined;
      return lines.map((line) => line.replace(/\r$/, ''));
    },
  };
}
