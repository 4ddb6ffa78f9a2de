import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import {
  type PracticeSite,
  type PracticeSiteOptions,
  startPracticeSite,
} from '../../electron/practice/startPracticeSite.ts';
import { connectRaw, type RawFtp } from './rawFtp.ts';

export const username = 'branch';
export const password = 'open sesame Cn4ry7q9Zx';

/** A temporary folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'branchline-practice-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A practice site that stops with the test. */
export async function practiceSite(
  options: Partial<PracticeSiteOptions> = {},
): Promise<PracticeSite & { readonly root: string }> {
  const root = options.root ?? temporaryFolder();
  const site = await startPracticeSite({ username, password, clock: systemClock, ...options, root });
  onTestFinished(() => site.stop());
  return { ...site, root };
}

/** A logged-in raw client of it. */
export async function rawClient(port: number): Promise<RawFtp> {
  const raw = await connectRaw(port);
  onTestFinished(() => raw.close());
  await raw.logIn(username, password);
  return raw;
}
