import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One config builds every program: the window (client) and four Node bundles beside it in dist/. */
const nodeBundle = (name: string, entry: string) => ({
  consumer: 'server' as const,
  resolve: { external: ['electron', 'keytar'], noExternal: true as const },
  build: {
    outDir: `dist/${name}`,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    ssr: true,
    rolldownOptions: { input: entry, output: { entryFileNames: '[name].js', format: 'es' as const } },
  },
});

// biome-ignore lint/style/noDefaultExport: vite reads the default export.
export default defineConfig({
  root: '.',
  plugins: [react()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: 'dist/renderer',
        emptyOutDir: true,
        rolldownOptions: { input: 'renderer/index.html' },
      },
    },
    main: nodeBundle('main', 'electron/main/main.ts'),
    preload: nodeBundle('preload', 'electron/preload.ts'),
    engine: nodeBundle('engine', 'electron/engine/engineMain.ts'),
    cli: nodeBundle('cli', 'electron/cli/branchline.ts'),
  },
});
