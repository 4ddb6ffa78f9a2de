// `npm start`: builds the programs and opens the window; where there is no Electron or no screen, the same window
// is served to a browser. What follows `--` is handed on.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCli } from '../../electron/cli/startCli.ts';

const root = resolve(import.meta.dirname, '../..');
const { env, platform, execPath } = process;
const onWindows = platform === 'win32';
const tool = (name: string) => join(root, 'node_modules/.bin', name);
const tell = (line: string) => process.stderr.write(`${line}\n`);

/** Electron's own files are fetched when it is first called, from another place than the packages. */
const fetchTimeoutMs = 300_000;

function whyNoWindow(): string | undefined {
  const hasScreen = platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!hasScreen) return 'There is no screen here';
  if (!existsSync(join(root, 'node_modules/electron/path.txt'))) tell('Fetching Electron, once…');
  const options = { stdio: 'ignore', timeout: fetchTimeoutMs, shell: onWindows } as const;
  const works = spawnSync(tool('electron'), ['--version'], options).status === 0;
  return works ? undefined : 'Electron cannot be had here';
}

function openWindow(args: readonly string[]): void {
  // The engine runs on this Node, not on Electron's.
  const child = spawn(tool('electron'), [root, ...args], {
    stdio: 'inherit',
    env: { ...env, BRANCHLINE_NODE: execPath },
    shell: onWindows,
  });
  // Ctrl-C reaches Electron too, which ends in order.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

const built = spawnSync(tool('vite'), ['build', '-c', 'build/vite.config.ts', '--logLevel', 'error'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
  shell: onWindows,
});
const reason = whyNoWindow();
if (built.status !== 0) {
  tell('The programs could not be built: see above.');
  process.exitCode = 1;
} else if (reason === undefined) {
  openWindow(process.argv.slice(2));
} else {
  tell(`${reason}, so the window opens in a browser.`);
  process.argv.splice(2, 0, 'serve');
  await startCli();
}
