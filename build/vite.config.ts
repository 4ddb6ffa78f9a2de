import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const fromRoot = (path: string) => resolve(import.meta.dirname, '..', path);

/**
 * ssh2 tries two native parts and does without where they are not built. They are left out on purpose: a bundle runs
 * on every machine, and node:crypto is as fast. So is its program that asks Pageant on Windows.
 */
const noNativePart = '\0no-native-part';
const ssh2WithoutNativeParts: Plugin = {
  name: 'ssh2-without-native-parts',
  enforce: 'pre',
  resolveId: (id) => (/^cpu-features$|sshcrypto\.node$/.test(id) ? noNativePart : undefined),
  // Two of its files ask where they lie, to find parts beside them that a bundle has not: they lie nowhere.
  transform: (code, id) =>
    /ssh2[/\\]lib[/\\](agent|protocol[/\\]crypto[/\\]poly1305)\.js$/.test(id)
      ? { code: `const __dirname = '';${code}`, map: null }
      : undefined,
  load: (id) =>
    id === noNativePart
      ? "module.exports = undefined; throw new Error('Left out of the bundle.');"
      : undefined,
};

/** One config builds every program: the window (client) and four Node bundles beside it in dist/. */
const nodeBundle = (name: string, entry: string, format: 'es' | 'cjs' = 'es') => ({
  consumer: 'server' as const,
  resolve: { external: ['electron', 'keytar'], noExternal: true as const },
  build: {
    outDir: fromRoot(`dist/${name}`),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    ssr: true,
    rolldownOptions: {
      input: fromRoot(entry),
      output: { entryFileNames: format === 'es' ? '[name].js' : '[name].cjs', format },
    },
  },
});

// biome-ignore lint/style/noDefaultExport: vite reads the default export.
export default defineConfig({
  root: fromRoot('renderer'),
  // The window's page is opened as a file, so its assets are found beside it.
  base: './',
  plugins: [react(), ssh2WithoutNativeParts],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: fromRoot('dist/renderer'),
        emptyOutDir: true,
        // It comes from this machine's own disk; splitting it further would save nothing.
        chunkSizeWarningLimit: 3000,
        rolldownOptions: { input: fromRoot('renderer/index.html') },
      },
    },
    main: nodeBundle('main', 'electron/main/main.ts'),
    // A preload in the sandbox cannot be an ES module.
    preload: nodeBundle('preload', 'electron/preload.ts', 'cjs'),
    engine: nodeBundle('engine', 'electron/engine/engineMain.ts'),
    cli: nodeBundle('cli', 'electron/cli/branchline.ts'),
  },
});
