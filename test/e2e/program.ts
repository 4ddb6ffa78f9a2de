import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunningProgram, spawnEngine, spawnWebProgram, type WebProgram } from './spawnProgram.ts';

/** A temporary folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'branchline-e2e-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function endedWithTest<P extends RunningProgram>(starting: Promise<P>): Promise<P> {
  const program = await starting;
  onTestFinished(() => program.stop());
  return program;
}

/** `branchline serve`, until the test ends. */
export function startWebProgram(dataDir: string): Promise<WebProgram> {
  return endedWithTest(spawnWebProgram(dataDir));
}

/** The engine as a process of its own, until the test ends. */
export function startEngineProcess(dataDir: string): Promise<RunningProgram> {
  return endedWithTest(spawnEngine(dataDir));
}
