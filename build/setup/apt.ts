import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const policyFile = '/usr/sbin/policy-rc.d';
const bounds = [
  '-o',
  'Acquire::Retries=2',
  '-o',
  'Acquire::http::Timeout=20',
  '-o',
  'Acquire::https::Timeout=20',
  '-o',
  'DPkg::Lock::Timeout=60',
  '-o',
  'APT::Sandbox::User=root',
];

function run(command: string, args: readonly string[], cwd?: string) {
  return spawnSync(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    encoding: 'utf8',
    timeout: 180_000,
    killSignal: 'SIGKILL',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
}

/** Undefined when apt may be used here; otherwise why not. */
export function whyNoApt(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (!existsSync('/usr/bin/apt-get')) return 'there is no apt-get here';
  if (process.getuid?.() !== 0) return 'only root may fetch packages';
  return undefined;
}

/** Refreshes the package lists; true when that worked. */
export function updateLists(): boolean {
  return run('apt-get', [...bounds, 'update', '-q']).status === 0;
}

/** Those of the packages that are not installed. */
export function notInstalled(packages: readonly string[]): string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders.
  const known = run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages]);
  const installed = new Set(
    (known.stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Installs packages; a daemon that comes along as a dependency is kept from starting. */
export function install(packages: readonly string[]): boolean {
  const guard = !existsSync(policyFile);
  if (guard) {
    writeFileSync(policyFile, '#!/bin/sh\nexit 101\n');
    chmodSync(policyFile, 0o755);
  }
  try {
    return (
      run('apt-get', [...bounds, 'install', '-y', '-q', '--no-install-recommends', ...packages]).status === 0
    );
  } finally {
    if (guard) rmSync(policyFile, { force: true });
  }
}

/**
 * Unpacks packages, and the libraries they need that this machine does not have, into `target`, without
 * running any of their scripts.
 */
export function unpack(packages: readonly string[], target: string): boolean {
  const plan = run('apt-get', [...bounds, '-s', 'install', '--no-install-recommends', ...packages]);
  if (plan.status !== 0) return false;
  const missing = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
  const libraries = missing.filter((name) => /^lib/.test(name) && !packages.includes(name));
  const downloads = join(tmpdir(), `branchline-setup-${process.pid}`);
  mkdirSync(downloads, { recursive: true });
  mkdirSync(target, { recursive: true });
  try {
    if (run('apt-get', [...bounds, 'download', '-q', ...packages, ...libraries], downloads).status !== 0) {
      return false;
    }
    return readdirSync(downloads)
      .filter((file) => file.endsWith('.deb'))
      .every((file) => run('dpkg', ['-x', join(downloads, file), target]).status === 0);
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}
