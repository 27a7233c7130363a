import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The console as static files: one page, and under `assets` parts whose names have a hash of what is in them. Nothing is inline (X06). */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    // What understands light-dark(), which the colours are written with.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // How long the build takes is nobody's business in a log of tests.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
