import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** Inside of the tree, so that the packages with native parts are found from there. */
const FOLDER = resolve(import.meta.dirname, '../../node_modules/.cache/simpost');

/**
 * Makes one file of a program of the tests, as `build.mjs` does of the daemon: what starts a program again and again would
 * otherwise have tsx read all of its modules each time, which costs four times the processor.
 * @param source a TypeScript file
 * @returns what node is to run
 */
export function builtProgram(source: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['better-sqlite3'],
    banner: { js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);" },
    write: false,
  });
  mkdirSync(FOLDER, { recursive: true });
  const made = join(FOLDER, `${basename(source, '.ts')}.mjs`);
  // In one stroke: another test may be starting it.
  const unfinished = `${made}.${process.pid}`;
  writeFileSync(unfinished, outputFiles[0]?.contents ?? '');
  renameSync(unfinished, made);
  return made;
}
