import type { TrialResult } from './runTrial.ts';

const headings = ['', 'connections', 'send s', 'receive s', 'total s', 'of ours', 'round trips', 'peak MB'];

/** A table of one race; `of ours` is the total as a multiple of the first row's. */
export function resultTable(results: readonly TrialResult[]): string {
  const ours = results[0]?.totalSeconds ?? 0;
  const rows = results.map((result) => [
    result.contestant.name,
    result.contestant.way,
    result.sendSeconds.toFixed(2),
    result.receiveSeconds.toFixed(2),
    result.totalSeconds.toFixed(2),
    ours === 0 ? '' : `${(result.totalSeconds / ours).toFixed(2)} x`,
    result.sendRoundTrips === undefined ? '-' : `${result.sendRoundTrips} + ${result.receiveRoundTrips}`,
    (result.peakBytes / 1_000_000).toFixed(0),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [headings, ...rows].map((row) => `  ${lineOf(row)}\n`).join('');
}
