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
  if (progress.remainingMs !== undefined && progress.remainingMs >= 1000)
    parts.push(`${formatDuration(progress.remainingMs)} left`);
  if (progress.what !== '') parts.push(progress.what);
  return safeText(parts.join('  '));
}

/**
 * One line that is rewritten in place on a terminal and erased at the end. Where nobody watches (a pipe, a
 * log file), a plain line every ten seconds instead, so that a short run leaves none and a long one shows life.
 */
export class ProgressLine {
  readonly #sink: TextSink;
  readonly #monotonic: () => number;
  #shown = '';
  #saidAt: number;

  constructor(sink: TextSink, monotonic: () => number) {
    this.#sink = sink;
    this.#monotonic = monotonic;
    this.#saidAt = monotonic();
  }

  update(text: string): void {
    if (this.#sink.isTTY) {
      const line = text.slice(0, (this.#sink.columns || 80) - 1);
      this.#sink.write(`\r\x1b[2K${line}`);
      this.#shown = line;
      return;
    }
    if (this.#monotonic() - this.#saidAt < 10_000) return;
    this.#saidAt = this.#monotonic();
    this.#sink.write(`${text}\n`);
  }

  /** Writes a lasting line, here or elsewhere, without tearing the one that moves. */
  say(line: string, sink: TextSink = this.#sink): void {
    const shown = this.#shown;
    this.erase();
    sink.write(`${line}\n`);
    if (shown !== '') this.update(shown);
  }

  erase(): void {
    if (this.#shown !== '') this.#sink.write('\r\x1b[2K');
    this.#shown = '';
  }
}
