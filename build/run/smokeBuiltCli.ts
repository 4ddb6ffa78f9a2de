// Proves that the built dist/cli/branchline.js runs by itself, as the package's bin does.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../dist/cli/branchline.js');
const scratch = mkdtempSync(join(tmpdir(), 'branchline-smoke-'));

function expectRun(args: readonly string[], exitCode: number, output: RegExp): void {
  const ran = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 60_000 });
  const said = `${ran.stdout}${ran.stderr}`;
  if (ran.status === exitCode && output.test(said)) return;
  throw new Error(`branchline ${args.join(' ')}: exit code ${ran.status} instead of ${exitCode}\n${said}`);
}

try {
  const dataDir = ['--data-dir', join(scratch, 'data')];
  expectRun(['--version'], 0, /^\d+\.\d+\.\d+\n$/);
  expectRun(['--help'], 0, /Usage: branchline/);
  expectRun([...dataDir, 'status'], 3, /branchline init/);
  expectRun([...dataDir, 'init', '--role', 'central', '--name', 'Head office'], 0, /^Set up/);
  expectRun([...dataDir, 'status', '--json'], 0, /"ok":true/);
  // The SSH library works inside the bundle, without its native parts.
  expectRun([...dataDir, 'keys', 'create', '--comment', 'smoke'], 0, /ssh-ed25519 \S+ smoke/);
  expectRun([...dataDir, 'frobnicate'], 2, /unknown command/i);
  if (!readFileSync(program, 'utf8').startsWith('#!'))
    throw new Error('dist/cli/branchline.js has no #! line.');
  process.stdout.write('dist/cli/branchline.js runs.\n');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
