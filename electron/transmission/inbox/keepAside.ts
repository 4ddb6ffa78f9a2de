import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withSuffix } from '../placeFile.ts';
import type { RunContext } from '../siteContext.ts';

/**
 * Keeps a refused packet or receipt, with its reason in a text file beside it, for a person to look at.
 * A later refusal under the same name keeps its own copy.
 */
export async function keepAside(run: RunContext, path: string, reason: string): Promise<void> {
  await mkdir(run.folders.rejected, { recursive: true });
  const stamp = run.clock.now();
  const target = withSuffix(join(run.folders.rejected, basename(path)), stamp);
  try {
    await rename(path, target);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // Already moved before a kill, or another volume.
    if (error.code === 'EXDEV') await copyFile(path, target);
    else if (error.code !== 'ENOENT') throw error;
  }
  await writeFile(`${target}.reason.txt`, `${reason}\n`);
}
