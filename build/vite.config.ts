import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const fromRoot = (path: string) => resolve(import.meta.dirname, '..', path);

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
  plugins: [react()],
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
