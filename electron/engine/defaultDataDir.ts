import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The data directory where none is named: `BRANCHLINE_DATA_DIR`, or the place this system keeps a program's data.
 *
 * Source: XDG Base Directory Specification; Known Folders (LOCALAPPDATA); Apple's File System Programming Guide.
 */
export function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = env['BRANCHLINE_DATA_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  const home = homedir();
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Branchline');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Branchline');
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'branchline');
}
