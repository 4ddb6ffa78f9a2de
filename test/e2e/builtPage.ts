import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const repository = resolve(import.meta.dirname, '../..');
const lock = join(repository, 'node_modules/.cache/branchline-page.lock');
const sources = ['renderer', 'shared', 'build/vite.config.ts', 'package-lock.json'];

function changedMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedMs(join(path, name))));
}

function isFresh(): boolean {
  const builtMs = changedMs(join(repository, 'dist/renderer/index.html'));
  return builtMs > Math.max(...sources.map((path) => changedMs(join(repository, path))));
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** Builds dist/renderer where it is older than its sources; test files that run side by side build it once. */
export async function builtPage(): Promise<void> {
  mkdirSync(join(lock, '..'), { recursive: true });
  // A lock that a killed run has left is older than any build takes.
  if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 120_000)
    rmdirSync(lock);
  while (!takeLock()) await pause(200);
  try {
    if (isFresh()) return;
    const build = spawnSync(process.execPath, [join(repository, 'build/run/buildRenderer.ts')], {
      cwd: repository,
      encoding: 'utf8',
      // The test runner's own value would make it a slower page than people get.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (build.status !== 0) throw new Error(`The page does not build:\n${build.stdout}\n${build.stderr}`);
  } finally {
    rmdirSync(lock);
  }
}
