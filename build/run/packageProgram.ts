// `npm run package`: builds the programs and makes the installers of this system in dist/installers.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

function run(program: string, ...args: readonly string[]): void {
  const path = join(root, 'node_modules/.bin', program);
  const { status } = spawnSync(path, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

run('vite', 'build', '-c', 'build/vite.config.ts', '--logLevel', 'warn');
run('electron-builder', '--config', 'build/electron-builder.config.ts', ...process.argv.slice(2));
