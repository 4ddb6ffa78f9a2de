import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SiteName } from '../../../shared/sites.ts';
import type { DemoFile } from './demoFiles.ts';

/** What one site should have, and has. */
export interface SiteFindings {
  readonly site: SiteName;
  /** Each expected file, with its hash where it arrived as it was sent. */
  readonly files: readonly {
    readonly from: SiteName;
    readonly path: string;
    readonly sha256: string;
    readonly agrees: boolean;
  }[];
  /** In plain words. */
  readonly problems: readonly string[];
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Every file under a folder, by its path with `/`, and its hash. Empty when the folder is not there. */
async function hashTree(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory());
  const hashes = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).split(sep).join('/'), sha256(await readFile(path))] as const;
    }),
  );
  return new Map(hashes);
}

/**
 * Compares a site's incoming folder with what was put into the other sites' outgoing folders: by plain reading
 * and hashing, with nothing of the packets' own checks in between.
 */
export async function compareDeliveries(
  site: SiteName,
  incoming: string,
  files: readonly DemoFile[],
): Promise<SiteFindings> {
  const found = await hashTree(incoming);
  const expected = files
    .filter((file) => file.to.includes(site))
    .map((file) => {
      const path = `${file.channel}/${file.from}/${file.path}`;
      const hash = sha256(file.content);
      return { from: file.from, path, sha256: hash, agrees: found.get(path) === hash };
    });
  const surplus = [...found.keys()].filter((path) => !expected.some((file) => file.path === path));
  return {
    site,
    files: expected,
    problems: [
      ...expected
        .filter((file) => !file.agrees)
        .map(
          (file) =>
            `${site}: ${file.path} ${found.has(file.path) ? 'differs from what was sent' : 'is missing'}.`,
        ),
      ...surplus.map((path) => `${site}: ${path} was not meant for it.`),
    ],
  };
}
