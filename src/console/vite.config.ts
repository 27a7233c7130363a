import { fileURLToPath } from 'node:url';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';

const FIRST_PAGE = '/pages/today/today.tsx';

/** What the first script asks for when it runs, the box is asked for while it is still on its way: who this is, and the page that most begin with. */
const atOnce: Plugin = {
  name: 'at-once',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const first = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(FIRST_PAGE));
      if (first?.type !== 'chunk') return [];
      const styles = [...(first.viteMetadata?.importedCss ?? [])];
      const tag = (attrs: HtmlTagDescriptor['attrs']): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { ...attrs, crossorigin: true },
        injectTo: 'head',
      });
      return [
        ...['/v1/session', '/v1/site'].map((href) => tag({ rel: 'preload', as: 'fetch', href })),
        ...[first.fileName, ...first.imports].map((name) => tag({ rel: 'modulepreload', href: `/${name}` })),
        ...styles.map((name) => tag({ rel: 'preload', as: 'style', href: `/${name}` })),
      ];
    },
  },
};

/** The console as static files: one page, and under `assets` parts whose names have a hash of what is in them. Nothing is inline (X06). */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  logLevel: 'warn',
  plugins: [atOnce],
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
    rolldownOptions: {
      checks: { pluginTimings: false },
      // The first screen is one script and one style: thirty small ones take a slow tablet longer to ask for than to run.
      output: { codeSplitting: { groups: [{ name: 'first', test: /src\/console\/(main|pages\/today\/today)\.tsx$/ }] } },
    },
  },
});
