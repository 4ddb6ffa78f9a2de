import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';

/** This file lies in electron/web/, or is bundled into a folder of cli/. */
const twoUp = join(import.meta.dirname, '../..');
/** In the repository, in the built program, and in the installed one (see build/electron-builder.config.ts). */
const places = ['dist/renderer', 'renderer', 'app.asar.unpacked/dist/renderer'].map((path) =>
  join(twoUp, path),
);
const builder = join(twoUp, 'build/run/buildRenderer.ts');

/**
 * The folder of the built page. In the repository it is built when it is missing.
 *
 * Errors: page-missing (fix).
 */
export async function rendererFolder(say: (line: string) => void): Promise<string> {
  const find = () => places.find((folder) => existsSync(join(folder, 'index.html')));
  if (find() === undefined && existsSync(builder)) {
    say('Building the window, once…');
    await run(builder);
  }
  const folder = find();
  if (folder !== undefined) return folder;
  throw new ExchangeError({
    code: 'page-missing',
    class: 'fix',
    message: 'The files of the window are not there.',
    advice: 'Build or install Branchline again.',
  });
}

function run(program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // What it prints is for people; standard output may belong to a JSON document.
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
}
