import { readText, UnreadableFile } from './file.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean } from './nearest.ts';
import { type Leaf, leaves, type Option } from './option.ts';
import { OPTIONS } from './options.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One option set by the environment. */
export interface Setting {
  readonly path: readonly string[];
  readonly name: string;
  readonly value: unknown;
}

const PREFIX = 'SIMPOST_';

/** Names that are ours but no options: the key of `simpost send` and `simpost status`. */
const NO_OPTION: ReadonlySet<string> = new Set(['SIMPOST_API_KEY']);

/** Switches of the tests, which a daemon under test inherits. */
const OF_TESTS = 'SIMPOST_TEST_';

/** `SIMPOST_SITE_TIME_ZONE` for `site.timeZone`. */
export function environmentName(path: readonly string[]): string {
  return PREFIX + path.map((key) => key.replaceAll(/([A-Z])/g, '_$1').toUpperCase()).join('_');
}

/**
 * What the environment says. A variable `SIMPOST_A_B` sets `a.b`; `SIMPOST_A_B_FILE` names a file that holds the value,
 * for secrets. An unknown `SIMPOST_…` is a mistake: it is most often a typing error that would go unnoticed.
 */
export function readEnvironment(env: Environment): { settings: Setting[]; mistakes: Mistake[] } {
  const options = leaves(OPTIONS).map((leaf) => ({ ...leaf, name: environmentName(leaf.path) }));
  const settings: Setting[] = [];
  const mistakes: Mistake[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || !name.startsWith(PREFIX) || name.startsWith(OF_TESTS) || NO_OPTION.has(name)) continue;
    const where = { kind: 'environment', name } as const;
    const direct = options.find((option) => option.name === name);
    const leaf = direct ?? options.find((option) => `${option.name}_FILE` === name);
    if (!leaf || leaf.inList) {
      mistakes.push({ path: [name], sentence: leaf ? onlyInFile(leaf) : unknown(name, options), where });
    } else if (direct) {
      settings.push({ path: leaf.path, name, value: fromText(leaf.option, text) });
    } else if (env[leaf.name] !== undefined) {
      mistakes.push({ path: [name], sentence: `${leaf.name} sets the same option: take one of the two away`, where });
    } else {
      try {
        settings.push({ path: leaf.path, name, value: fromText(leaf.option, readText(text).trim()) });
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        mistakes.push({ path: [name], sentence: `the file ${text} ${error.message}`, where });
      }
    }
  }
  return { settings, mistakes };
}

function unknown(name: string, options: readonly (Leaf & { name: string })[]): string {
  const known = options.filter((option) => !option.inList).map((option) => option.name);
  return `is no option${didYouMean(name, known) || ': take it away, or see "simpost config print --defaults" for those that there are'}`;
}

function onlyInFile(leaf: Leaf): string {
  return `${leaf.path.join('.')} can be set in the file only, in [[${leaf.path.slice(0, -1).join('.')}]]`;
}

/** The text as the type of the option; where it cannot be that, the text itself, which the schema then refuses. */
function fromText(option: Option, text: string): unknown {
  if (option.type === 'integer' && /^-?[0-9]{1,15}$/.test(text)) return Number(text);
  if (option.type === 'texts') return text.split(',').map((one) => one.trim());
  if (option.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
