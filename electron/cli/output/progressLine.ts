import type { Phase, Progress } from '../../../shared/progress.ts';
import type { TextSink } from '../cliParts.ts';
import { formatBytes, formatCount, formatDuration } from './formatAmounts.ts';
import { safeText } from './safeText.ts';

const phaseWords: Readonly<Record<Phase, string>> = {
  prepare: 'Preparing',
  connect: 'Connecting',
  export: 'Sending',
  import: 'Receiving',
  receipts: 'Exchanging receipts',
  'clean-up': 'Cleaning up',
  done: 'Done',
};

/** `Sending  2 of 5 packets  1.2 MB of 4.0 MB  800 KB/s  4 s left  0012-central-…`. */
export function describeProgress(progress: Progress): string {
  const parts = [phaseWords[progress.phase]];
  if (progress.packetsTotal > 0) {
    parts.push(`${progress.packetsDone} of ${formatCount(progress.packetsTotal, 'packet')}`);
  }
  if (progress.bytesTotal > 0) {
    parts.push(`${formatBytes(progress.bytesDone)} of ${formatBytes(progress.bytesTotal)}`);
  }
  if (progress.bytesPerSecond > 0) parts.push(`${formatBytes(progress.bytesPerSecond)}/s`);
  if (progress.remainingMs !== undefined) parts.push(`${formatDuration(progress.remainingMs)} left`);
  if (progress.what !== '') parts.push(progress.what);
  return safeText(parts.join('  '));
}

/**
 * One line that is rewritten in place on a terminal and erased at the end. Where nobody watches (a pipe, a
 * log file), plain lines now and then instead: at a new phase, and every ten seconds within one.
 */
export class ProgressLine {
  readonly #sink: TextSink;
  readonly #monotonic: () => number;
  #shown = '';
  #phase = '';
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(sink: TextSink, monotonic: () => number) {
    this.#sink = sink;
    this.#monotonic = monotonic;
  }

  /** `phase` groups updates: a new one is always shown. */
  update(phase: string, text: string): void {
    if (this.#sink.isTTY) {
      const line = text.slice(0, Math.max(20, (this.#sink.columns ?? 80) - 1));
      this.#sink.write(`\r\x1b[2K${line}`);
      this.#shown = line;
      return;
    }
    if (phase === this.#phase && this.#monotonic() - this.#saidAt < 10_000) return;
    this.#phase = phase;
    this.#saidAt = this.#monotonic();
    this.#sink.write(`${text}\n`);
  }

  /** Writes a lasting line without tearing the one that moves. */
  say(line: string): void {
    const shown = this.#shown;
    this.erase();
    this.#sink.write(`${line}\n`);
    if (shown !== '') this.update(this.#phase, shown);
  }

  erase(): void {
    if (this.#shown !== '') this.#sink.write('\r\x1b[2K');
    this.#shown = '';
  }
}
