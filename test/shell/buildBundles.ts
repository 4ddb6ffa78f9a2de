import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBuilder } from 'vite';

const root = resolve(import.meta.dirname, '../..');

export interface Bundles {
  readonly main: string;
  readonly preload: string;
  remove(): void;
}

/** Builds the shell and its preload as they are shipped, into a folder of their own that looks like the repository. */
export async function buildBundles(): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-bundles-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const name of ['electron', 'shared', 'package.json', 'node_modules', 'build']) {
    if (name !== 'package.json') symlinkSync(join(root, name), join(folder, name));
  }
  const outDir = (name: string) => ({ build: { outDir: join(folder, 'dist', name) } });
  const builder = await createBuilder({
    configFile: join(root, 'build/vite.config.ts'),
    logLevel: 'warn',
    environments: { main: outDir('main'), preload: outDir('preload') },
  });
  for (const name of ['main', 'preload']) {
    const environment = builder.environments[name];
    if (environment === undefined) throw new Error(`build/vite.config.ts has no environment "${name}".`);
    await builder.build(environment);
  }
  return {
    main: join(folder, 'dist/main/main.js'),
    preload: join(folder, 'dist/preload/preload.cjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
