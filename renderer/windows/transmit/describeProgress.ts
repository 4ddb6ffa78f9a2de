import type { Progress } from '../../../shared/progress.ts';
import { formatBytes, formatRate } from '../../parts/formatBytes.ts';
import { formatDuration } from '../../parts/formatTime.ts';
import { text } from '../../text/en.ts';

interface ProgressWords {
  readonly phase: string;
  readonly what: string;
  /** 0 to 100; undefined while it cannot be told. */
  readonly percent?: number;
  /** Packets, bytes, rate, time left: those that are known. */
  readonly figures: readonly string[];
}

/** A run's progress in words. Bytes tell more than packets, which are of all sizes. */
export function describeProgress(progress: Progress | undefined): ProgressWords {
  const words = text.transmit;
  if (progress === undefined) return { phase: words.starting, what: '', figures: [] };
  const { packetsDone, packetsTotal, bytesDone, bytesTotal, bytesPerSecond, remainingMs } = progress;
  const { count } = text.common;
  const figures = [
    ...(packetsTotal > 0 ? [words.packetsOf(count(packetsDone), count(packetsTotal))] : []),
    ...(bytesTotal > 0 ? [words.bytesOf(formatBytes(bytesDone), formatBytes(bytesTotal))] : []),
    ...(bytesPerSecond > 0 ? [formatRate(bytesPerSecond)] : []),
    ...(remainingMs === undefined || bytesDone >= bytesTotal
      ? []
      : [words.left(formatDuration(remainingMs))]),
  ];
  const share =
    bytesTotal > 0 ? bytesDone / bytesTotal : packetsTotal > 0 ? packetsDone / packetsTotal : undefined;
  return {
    phase: words.phases[progress.phase],
    what: progress.what,
    // A phase that goes on is never at 100: the last byte is sent before the packet is in its place.
    ...(share === undefined
      ? {}
      : { percent: Math.min(packetsDone < packetsTotal ? 99 : 100, Math.floor(share * 100)) }),
    figures,
  };
}
