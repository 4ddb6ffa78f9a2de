import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readArchive } from './readArchive.ts';
import { enabledFuses, makeStandInRuntime } from './standInRuntime.ts';

const root = resolve(import.meta.dirname, '../..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
}

describe.runIf(process.platform === 'linux')('the packaged program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-package-'));
  const program = join(folder, 'out/linux-unpacked');
  const resources = join(program, 'resources');
  let archive: Map<string, Buffer>;

  beforeAll(() => {
    const isBuilt = ['main', 'preload', 'engine', 'cli'].every((name) =>
      existsSync(join(root, 'dist', name)),
    );
    if (!isBuilt) {
      execFileSync(bin('vite'), ['build', '-c', 'build/vite.config.ts', '--logLevel', 'warn'], { cwd: root });
    }
    const runtime = join(folder, 'runtime');
    makeStandInRuntime(runtime);
    const changes = { electronDist: runtime, 'directories.output': join(folder, 'out') };
    const args = Object.entries(changes).map(([name, value]) => `-c.${name}=${value}`);
    execFileSync(
      bin('electron-builder'),
      ['--dir', '--config', 'build/electron-builder.config.ts', ...args],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    archive = readArchive(join(resources, 'app.asar'));
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the archive holds the shell, its preload, the page and the icons, and nothing else', () => {
    const paths = [...archive.keys()];
    for (const path of [
      'package.json',
      'dist/main/main.js',
      'dist/preload/preload.cjs',
      'dist/renderer/index.html',
    ]) {
      expect(paths).toContain(path);
    }
    for (const name of ['icon', 'tray-idle', 'tray-busy', 'tray-attention', 'tray-lost']) {
      expect(paths).toContain(`build/icons/${name}.png`);
    }
    const others = paths.filter(
      (path) => !/^(package\.json|dist\/(main|preload|renderer)\/.+|build\/icons\/[\w@-]+\.png)$/.test(path),
    );
    expect(others).toEqual([]);
    expect(JSON.parse(archive.get('package.json')?.toString() ?? '')).toMatchObject({
      main: 'dist/main/main.js',
    });
  });

  test('no source, test, source map or foreign package is in it', () => {
    const everything = [...archive.keys(), ...filesUnder(resources)];
    const unwanted = everything.filter((path) => /\.(ts|tsx|map|md)$|(^|\/)test\//.test(path));
    expect(unwanted).toEqual(['node_modules/keytar/LICENSE.md']);
    expect(readdirSync(join(resources, 'node_modules'))).toEqual(['keytar']);
  });

  test('the engine lies beside it with its own Node, which is the pinned one', () => {
    const node = join(resources, 'node/node');
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toBe(`${process.version}\n`);
    expect(existsSync(join(resources, 'engine/engineMain.js'))).toBe(true);
    const version = execFileSync(node, [join(resources, 'cli/branchline.js'), '--version'], {
      encoding: 'utf8',
    });
    expect(version.trim()).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
  });

  test('the engine runs from there, and ends with the program that started it', () => {
    const dataDir = join(folder, 'data');
    const args = [join(resources, 'engine/engineMain.js'), '--data-dir', dataDir, '--end-with-stdin'];
    const { status, stdout } = spawnSync(join(resources, 'node/node'), args, {
      cwd: folder,
      encoding: 'utf8',
      input: '',
      timeout: 60_000,
    });
    expect([status, stdout]).toEqual([0, 'ready\n']);
    expect(existsSync(join(dataDir, 'ledger.db'))).toBe(true);
  });

  test('its command line is typed as branchline, by a link too, and serves the windows', async () => {
    const link = join(folder, 'branchline-link');
    symlinkSync(join(resources, 'bin/branchline'), link);
    const served = spawn(link, ['serve', '--data-dir', join(folder, 'served')], { cwd: folder });
    onTestFinished(() => void served.kill('SIGKILL'));
    const ended = once(served, 'exit');
    served.stdout.setEncoding('utf8');
    let printed = '';
    for await (const text of served.stdout) {
      printed += text;
      if (/http:\/\/127\.0\.0\.1:\d+\/\S+/.test(printed)) break;
    }
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(printed) ?? [];
    const opened = await fetch(address, { redirect: 'manual' });
    const [cookie = ''] = opened.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    const page = await fetch(new URL(opened.headers.get('location') ?? '', address), { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Branchline</title>');
    served.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });

  test('the shell needs Electron and Node, and no package', () => {
    for (const name of ['dist/main/main.js', 'dist/preload/preload.cjs']) {
      const script = archive.get(name)?.toString() ?? '';
      const needed = [...script.matchAll(/(?:^import .*?from |^import |require\()["']([^"'.][^"']*)["']/gm)];
      const foreign = needed
        .map(([, from]) => from)
        .filter((from = '') => from !== 'electron' && !isBuiltin(from));
      expect(foreign, name).toEqual([]);
    }
  });

  test("keytar's prebuilt binary for this system is there, and the engine finds it", () => {
    const built = `${process.platform}-${process.arch}`;
    expect(readdirSync(join(resources, 'node_modules/keytar/prebuilds'))).toEqual([built]);
    const script =
      "import { createRequire } from 'node:module'; createRequire(process.argv[1]).resolve('keytar');";
    const { status } = spawnSync(
      join(resources, 'node/node'),
      ['--input-type=module', '-e', script, join(resources, 'engine/engineMain.js')],
      { cwd: folder },
    );
    expect(status).toBe(0);
  });

  test('its fuses are set: no bare Node, no debugger, no code but the archive', () => {
    expect(enabledFuses(readFileSync(join(program, 'branchline-desktop')))).toEqual([
      'cookieEncryption',
      'asarIntegrity',
      'onlyLoadAppFromAsar',
    ]);
  });
});
