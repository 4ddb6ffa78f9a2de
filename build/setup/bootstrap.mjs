// The first step of every npm script: runs a program of this repository with the pinned Node (see
// build/decisions/0001-pinned-node.md), after installing the packages if they are missing or out of date.
// So `npm test` and `npm run demo` work as the first command typed on a fresh clone. Plain JavaScript without
// packages, because it must run before anything is installed and on the machine's own, older Node.
//
//   node build/setup/bootstrap.mjs <program.ts | tool in node_modules/.bin> [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = join(root, 'node_modules', '.bin');
const onWindows = process.platform === 'win32';

/** True when every package of the lock file is there in its version; optional ones may be for other systems. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true;
      const here = found[path];
      if (here === undefined) return entry.optional === true;
      return here.version === entry.version && existsSync(join(root, path));
    });
  } catch {
    return false;
  }
}

function installPackages() {
  // Standard output belongs to the program: `npm run -s branchline -- … --json` answers with one document.
  process.stderr.write('Installing the packages, once…\n');
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const stdio = { stdio: ['ignore', 2, 2], cwd: root };
  const result =
    npm === undefined
      ? spawnSync('npm', options, { ...stdio, shell: onWindows })
      : spawnSync(process.execPath, [npm, ...options], stdio);
  if (result.status === 0 && isInstalled()) return;
  process.stderr.write('The packages could not be installed: see above. Is the package registry in reach?\n');
  process.exit(1);
}

/** The pinned Node where it exists (Linux), otherwise the machine's own, if it is new enough. */
function findNode() {
  const pinned = join(bin, 'node');
  if (!onWindows && existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  process.stderr.write(`Node ${process.versions.node} is too old: install Node 24 from nodejs.org.\n`);
  process.exit(1);
}

function start(program, args) {
  const node = findNode();
  // What Node has compiled once, it need not compile at every start: a command typed here takes a third of the time.
  const NODE_COMPILE_CACHE = join(root, 'node_modules/.cache/compiled');
  const env = { NODE_COMPILE_CACHE, ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const options = { stdio: 'inherit', env };
  // npm moves to the repository; file names on the command line are meant from where the person stands.
  const cwd = program.startsWith('electron/cli/') ? (process.env.INIT_CWD ?? process.cwd()) : root;
  if (program.includes('/')) return spawn(node, [join(root, program), ...args], { ...options, cwd });
  return spawn(join(bin, program), args, { ...options, cwd: root, shell: onWindows });
}

if (!isInstalled()) installPackages();
const [program = '', ...args] = process.argv.slice(2);
const child = start(program, args);
// Ctrl-C reaches the program too, which decides how to end; a signal sent to this process is handed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${program} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
