import { join } from 'node:path';

/** Where the parts of the program lie. */
export interface ProgramPaths {
  readonly rendererDir: string;
  readonly preload: string;
  readonly iconsDir: string;
  readonly engineScript: string;
  readonly node: string;
}

interface Surroundings {
  readonly isPackaged: boolean;
  /** The folder with package.json: the repository, or the archive of the installed program. */
  readonly appDir: string;
  /** Beside the archive. */
  readonly resourcesDir: string;
  readonly platform: NodeJS.Platform;
  /** In the repository: the Node that started Electron (npm_node_execpath), else the one of the path. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function programPaths({
  isPackaged,
  appDir,
  resourcesDir,
  platform,
  env,
}: Surroundings): ProgramPaths {
  const ofApp = {
    rendererDir: join(appDir, 'dist/renderer'),
    preload: join(appDir, 'dist/preload/preload.cjs'),
    iconsDir: join(appDir, 'build/icons'),
  };
  if (!isPackaged) {
    const engineScript = join(appDir, 'electron/engine/engineMain.ts');
    return { ...ofApp, engineScript, node: env['BRANCHLINE_NODE'] ?? 'node' };
  }
  return {
    ...ofApp,
    engineScript: join(resourcesDir, 'engine/engineMain.js'),
    node: join(resourcesDir, 'node', platform === 'win32' ? 'node.exe' : 'node'),
  };
}
