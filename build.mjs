import { chmod } from 'node:fs/promises';
import { build } from 'esbuild';

// One file each, that starts fast. The two packages with native parts stay outside, found in node_modules.
await build({
  entryPoints: { main: 'src/main.ts', 'usb-helper': 'src/usb-helper/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['better-sqlite3', '@serialport/bindings-cpp'],
  // CommonJS packages in the bundle ask for require and __dirname, which ES modules lack.
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __fileURLToPath(import.meta.url);',
      "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
  legalComments: 'none',
  logLevel: 'warning',
});
await chmod('dist/main.js', 0o755);
