import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';

/** Two levels up: of dist/cli/ in the built program, of electron/web/ in the repository. */
const programDir = join(import.meta.dirname, '../..');
const builder = join(programDir, 'build/run/buildRenderer.ts');

/**
 * The folder of the built page. In the repository it is built when it is missing.
 *
 * Errors: page-missing (fix).
 */
export async function rendererFolder(say: (line: string) => void): Promise<string> {
  const folder = join(programDir, 'dist/renderer');
  const isThere = () => existsSync(join(folder, 'index.html'));
  if (!isThere() && existsSync(builder)) {
    say('Building the window, once…');
    await run(builder);
  }
  if (isThere()) return folder;
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
