import { chown, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FtpServer } from '../../test/servers/ftpServer.ts';
import { account } from '../../test/servers/launchFtpServer.ts';
import { type BenchFiles, expectSameFiles } from './benchFiles.ts';
import type { Contestant } from './contestant.ts';
import type { Line } from './line.ts';

export interface TrialResult {
  readonly contestant: Contestant;
  readonly sendSeconds: number;
  readonly receiveSeconds: number;
  readonly totalSeconds: number;
  /** Undefined where nobody counted. */
  readonly sendRoundTrips: number | undefined;
  readonly receiveRoundTrips: number | undefined;
  /** The larger of the two processes. */
  readonly peakBytes: number;
}

let made = 0;

/** Sessions of the server end a moment after their clients: a trial must not begin while they still count. */
const quietMs = 300;

/**
 * Sends and receives the files once, and checks that what arrived is what was sent.
 *
 * Errors: Error when a program fails or the content differs.
 */
export async function runTrial(
  contestant: Contestant,
  files: BenchFiles,
  server: FtpServer,
  line: Line,
  scratchRoot: string,
): Promise<TrialResult> {
  made += 1;
  const remoteFolder = `/trial-${made}`;
  const scratch = join(scratchRoot, `trial-${made}`);
  const onDisk = join(server.homeOnDisk, remoteFolder);
  await mkdir(scratch);
  await mkdir(onDisk);
  await chown(onDisk, account.uid, account.gid);
  try {
    const { username, password } = server;
    const reached = { host: line.host, port: line.port, username, password };
    const trial = await contestant.prepare({ server: reached, files, remoteFolder, scratch });
    await delay(quietMs);
    const before = await line.roundTrips();
    const sent = await trial.send();
    const between = await line.roundTrips();
    await delay(quietMs);
    const received = await trial.receive();
    const after = await line.roundTrips();
    await expectSameFiles(files, await trial.receivedIn());
    return {
      contestant,
      sendSeconds: sent.seconds,
      receiveSeconds: received.seconds,
      totalSeconds: sent.seconds + received.seconds,
      sendRoundTrips: difference(before, between),
      receiveRoundTrips: difference(between, after),
      peakBytes: Math.max(sent.peakBytes, received.peakBytes),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
    for (const name of await readdir(onDisk)) await rm(join(onDisk, name), { recursive: true, force: true });
  }
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}
