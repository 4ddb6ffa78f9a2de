import type { Phase, Progress } from '../../shared/progress.ts';
import type { Clock } from '../platform/clock.ts';

const reportEveryMs = 200;
const rateWindowMs = 5000;

/** Counts what moves and reports it a few times a second. */
export class ProgressMeter {
  readonly #clock: Clock;
  readonly #report: (progress: Progress) => void;
  #phase: Phase = 'prepare';
  #what = '';
  #packetsDone = 0;
  #packetsTotal = 0;
  #bytesDone = 0;
  #bytesTotal = 0;
  #lastReportMs = Number.NEGATIVE_INFINITY;
  #samples: { readonly atMs: number; readonly bytes: number }[] = [];

  constructor(clock: Clock, report: (progress: Progress) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** Begins a phase and forgets the counts of the one before. */
  phase(phase: Phase, what = ''): void {
    this.#phase = phase;
    this.#what = what;
    this.#packetsDone = 0;
    this.#packetsTotal = 0;
    this.#bytesDone = 0;
    this.#bytesTotal = 0;
    this.#samples = [];
    this.#send(true);
  }

  /** Adds to what this phase has to do. */
  expect(packets: number, bytes: number): void {
    this.#packetsTotal += packets;
    this.#bytesTotal += bytes;
    this.#send(false);
  }

  what(text: string): void {
    this.#what = text;
    this.#send(false);
  }

  bytes(count: number): void {
    this.#bytesDone += count;
    this.#send(false);
  }

  packetDone(): void {
    this.#packetsDone += 1;
    this.#send(true);
  }

  #send(now: boolean): void {
    const atMs = this.#clock.monotonic();
    if (!now && atMs - this.#lastReportMs < reportEveryMs) return;
    this.#lastReportMs = atMs;
    this.#samples.push({ atMs, bytes: this.#bytesDone });
    while (this.#samples.length > 2 && atMs - (this.#samples[0]?.atMs ?? atMs) > rateWindowMs)
      this.#samples.shift();
    const bytesPerSecond = this.#rate();
    const left = this.#bytesTotal - this.#bytesDone;
    this.#report({
      phase: this.#phase,
      what: this.#what,
      packetsDone: this.#packetsDone,
      packetsTotal: this.#packetsTotal,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
      bytesPerSecond,
      remainingMs: bytesPerSecond > 0 && left >= 0 ? Math.round((left / bytesPerSecond) * 1000) : undefined,
    });
  }

  #rate(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs <= first.atMs) return 0;
    return Math.round(((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000);
  }
}
