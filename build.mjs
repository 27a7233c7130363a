import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

// One file each, that starts fast. The two packages with native parts stay outside, found in node_modules.
const { metafile } = await build({
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
  // What is in it, for the list of licences and the bill of materials (packaging/shipped.mjs).
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
});
await writeFile('dist/meta.json', JSON.stringify(metafile));
await chmod('dist/main.js', 0o755);

await buildConsole();

/** The console, unless it was built of the same files before: it is a part of every build, and they change seldom. */
async function buildConsole() {
  const hash = createHash('sha256').update(await readFile('package-lock.json'));
  const files = (await readdir('src/console', { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) hash.update(path).update(await readFile(path));
  const made = hash.digest('hex');
  const mark = 'dist/console/made-of';
  if ((await readFile(mark, 'utf8').catch(() => '')) === made) return;
  const { build: vite } = await import('vite');
  await vite({ configFile: 'src/console/vite.config.ts' });
  await writeFile(mark, made);
}
