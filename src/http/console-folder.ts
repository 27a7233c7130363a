import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the build put the console: beside the built program, or under `dist` for one that runs from its sources. Undefined where it is not built. */
export function consoleFolder(): string | undefined {
  return ['./console', '../../dist/console']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((folder) => statSync(`${folder}/index.html`, { throwIfNoEntry: false })?.isFile());
}
