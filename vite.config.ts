/** The bundles: each process of the application is one of them, and none needs node_modules at run time. */

import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A bundle that runs in Node: as written but for its imports, so that a stack trace can be read. */
function forNode(name: string, entry: string, file: string, format: 'es' | 'cjs'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: here(`dist/${name}`),
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      ssr: true,
      rolldownOptions: {
        input: here(entry),
        external: ['electron'],
        // One file: it can be replaced in one step while another process reads it.
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
  };
}

export default defineConfig({
  root: here('renderer'),
  base: './',
  environments: {
    agents: forNode('agents', 'electron/agents/main.ts', 'main.js', 'es'),
    // Not a part of the application: `npm run bench` alone builds it.
    bench: forNode('bench', 'test/bench/main.ts', 'main.js', 'es'),
    cli: forNode('cli', 'electron/cli/main.ts', 'main.js', 'es'),
    // Not a part of the application either: `npm run pack` builds it.
    library: forNode('library', 'electron/library/pyrepl3.ts', 'pyrepl3.js', 'es'),
    main: forNode('main', 'electron/main/main.ts', 'main.js', 'es'),
    preload: forNode('preload', 'electron/preload/preload.ts', 'preload.cjs', 'cjs'),
    renderer: {
      consumer: 'client',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: here('dist/renderer'),
        emptyOutDir: true,
        // The oldest Chromium that it must run on: Electron 33's.
        target: 'chrome130',
        // The content security policy knows no data: addresses.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        // Monaco is one large part on the local disk; no network waits for it.
        chunkSizeWarningLimit: 8000,
        // React's libraries mark their modules for servers; here there is none.
        rolldownOptions: { input: here('renderer/index.html'), checks: { moduleLevelDirective: false } },
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  worker: { format: 'es' },
  builder: {
    async buildApp(builder) {
      for (const name of ['cli', 'main', 'preload', 'renderer']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
