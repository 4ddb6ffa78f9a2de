import type { BenchFiles } from './benchFiles.ts';
import type { Contestant } from './contestant.ts';
import { curlParallel, lftpMirror, lftpSegments, rcloneCopy } from './peerPrograms.ts';
import type { TrialResult } from './runTrial.ts';

/** What a client is allowed: more is refused by many providers. */
export const connectionsPerClient = 8;
/** Some clients open a connection for their listing beside those that transfer. */
export const serverSessions = 12;

const waysToTry = [1, 4, connectionsPerClient];
const smallFileUses = new Map([
  ['lftp', lftpMirror],
  ['rclone', rcloneCopy],
  ['curl', curlParallel],
]);

/** Each peer's quickest trial with some of the small files: its way is its best number of connections. */
export async function bestForSmallFiles(
  peers: readonly string[],
  sample: BenchFiles,
  run: (contestant: Contestant, files: BenchFiles) => Promise<TrialResult>,
): Promise<readonly TrialResult[]> {
  const chosen: TrialResult[] = [];
  for (const peer of peers) {
    const use = smallFileUses.get(peer);
    if (use === undefined) continue;
    const results: TrialResult[] = [];
    for (const connections of waysToTry) results.push(await run(use(connections), sample));
    chosen.push(quickest(results));
  }
  return chosen;
}

/** Errors: Error when there is none. */
export function quickest(results: readonly TrialResult[]): TrialResult {
  return results.reduce((first, second) => (second.totalSeconds < first.totalSeconds ? second : first));
}

/** One file travels over one connection; lftp can also fetch it in parts. */
export function usesForLargeFile(peers: readonly string[]): readonly Contestant[] {
  const uses: Contestant[] = [];
  if (peers.includes('lftp')) uses.push(lftpSegments(1), lftpSegments(4));
  if (peers.includes('rclone')) uses.push(rcloneCopy(1));
  if (peers.includes('curl')) uses.push(curlParallel(1));
  return uses;
}
