import { ExchangeError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DownloadSink, Transport, TransportFactory, UploadSource } from '../transport.ts';
import {
  DecoratedTransport,
  type DownloadOptions,
  type TransportCall,
  type UploadOptions,
} from './decoratedTransport.ts';

export interface ProtocolLog {
  readonly clock: Clock;
  /** Takes secrets out of a line. */
  readonly redact: (line: string) => string;
  /** Gets every line, redacted and without a line end. */
  readonly write: (line: string) => void;
}

const longestLine = 1000;

/**
 * Tells every call and its outcome, one line each, e.g. `#2 rename "tmp/a" to "all/a": done in 12 ms`.
 *
 * Promise: no line leaves without redaction, none is longer than 1,000 characters or has control characters.
 *          A transfer's line says how many bytes moved.
 */
export function withProtocolLog(factory: TransportFactory, log: ProtocolLog): TransportFactory {
  let connections = 0;
  const line = (text: string) =>
    log.write(log.redact(text.replaceAll(/\p{Cc}/gu, ' ')).slice(0, longestLine));
  return {
    label: factory.label,
    async open(options) {
      connections += 1;
      const id = `#${connections}`;
      const inner = await timed(log.clock, line, `${id} open ${factory.label}`, () => factory.open(options));
      return new LoggedTransport(inner, id, log.clock, line);
    },
  };
}

class LoggedTransport extends DecoratedTransport {
  readonly #id: string;
  readonly #clock: Clock;
  readonly #line: (text: string) => void;

  constructor(inner: Transport, id: string, clock: Clock, line: (text: string) => void) {
    super(inner);
    this.#id = id;
    this.#clock = clock;
    this.#line = line;
  }

  override async close(): Promise<void> {
    if (!this.closed) this.#line(`${this.#id} close`);
    await this.inner.close();
  }

  protected override around<T>(call: TransportCall, run: () => Promise<T>): Promise<T> {
    return this.#timed(call, run);
  }

  override upload(path: string, source: UploadSource, options?: UploadOptions): Promise<void> {
    const counted = countBytes(options);
    const call = { method: 'upload', path, signal: options?.signal } as const;
    return this.#timed(call, () => this.inner.upload(path, source, counted.options), counted.told);
  }

  override download(path: string, sink: DownloadSink, options?: DownloadOptions): Promise<number> {
    const counted = countBytes(options);
    const call = { method: 'download', path, signal: options?.signal } as const;
    return this.#timed(call, () => this.inner.download(path, sink, counted.options), counted.told);
  }

  #timed<T>(call: TransportCall, run: () => Promise<T>, more?: () => string): Promise<T> {
    const target = call.to === undefined ? '' : ` to ${JSON.stringify(call.to)}`;
    const what = `${this.#id} ${call.method} ${JSON.stringify(call.path)}${target}`;
    return timed(this.#clock, this.#line, what, run, more);
  }
}

function countBytes<T extends DownloadOptions>(options: T | undefined) {
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    options?.onBytes?.(count);
  };
  return { options: { ...options, onBytes }, told: () => `, ${bytes} bytes` };
}

async function timed<T>(
  clock: Clock,
  line: (text: string) => void,
  what: string,
  run: () => Promise<T>,
  more: () => string = () => '',
): Promise<T> {
  const start = clock.monotonic();
  const took = () => `in ${Math.round(clock.monotonic() - start)} ms${more()}`;
  try {
    const result = await run();
    line(`${what}: ${answer(result)} ${took()}`);
    return result;
  } catch (error) {
    const told =
      error instanceof ExchangeError
        ? `${error.code}: ${error.message}${error.reply === undefined ? '' : ` [${error.reply}]`}`
        : String(error);
    line(`${what}: failed ${took()}: ${told}`);
    throw error;
  }
}

function answer(result: unknown): string {
  if (Array.isArray(result)) return `${result.length} entries`;
  if (typeof result === 'number' || typeof result === 'boolean') return String(result);
  return 'done';
}
