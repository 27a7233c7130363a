import { type Changed, changeOf, withChanged } from './changed.ts';
import { discovers } from './discovers.ts';
import { type Environment, environmentName } from './environment.ts';
import { DEFAULT_CONFIG_FILE } from './file.ts';
import { type LoadedConfig, readConfig } from './load.ts';
import { placeText } from './mistakes.ts';
import { isSecret, isTable, type Option, type Path, type Table } from './option.ts';
import { OPTIONS } from './options.ts';
import { comment, tomlValue } from './toml-text.ts';
import { valueAt } from './values.ts';

/**
 * What the daemon would run with, for `simpost config print`: valid TOML, each value with a comment that says whether
 * it comes from a line of the file, from a variable, was changed since or is the default. Secrets show as `(secret)`, or as their file.
 * @param changedIn what was changed while the box ran, as the store in that folder keeps it
 * @throws Fault `configInvalid`
 */
export function describeConfig(
  file: string | undefined,
  env: Environment,
  {
    defaultFile,
    changedIn = () => [],
  }: { defaultFile?: string; changedIn?: (folder: string) => readonly (Changed & { readonly at: number })[] } = {},
): string {
  const read = readConfig(file, env, defaultFile);
  const changed = changedIn(read.config.store.path);
  const { config, unfit } = withChanged(read.config, changed);
  const held = changed.filter(({ name }) => !unfit.includes(name));
  const loaded: LoadedConfig = {
    ...read,
    config,
    placeOf(path) {
      const change = changeOf(path, held);
      return change ? { kind: 'changed', at: change.at } : read.placeOf(path);
    },
  };
  const source = loaded.file === null ? 'There is no configuration file' : `The file is ${loaded.file}`;
  const head = comment(`What Simpost runs with. ${source}; each line says where its value comes from.`);
  return `${[...head, ...describeTable(OPTIONS, [], loaded)].join('\n')}\n`;
}

/**
 * What `simpost config check` says of a configuration without mistakes: which file was read, or that none was.
 * @throws Fault `configInvalid`
 */
export function describeCheck(file: string | undefined, env: Environment, defaultFile: string = DEFAULT_CONFIG_FILE): string {
  const loaded = readConfig(file, env, defaultFile);
  const verdict =
    loaded.file === null
      ? `No configuration file was read: there is none at ${defaultFile}, and --config names no other. The defaults and the environment have no mistakes.`
      : `${loaded.file} has no mistakes.`;
  const none = discovers(loaded.config)
    ? 'There is no [[modem]]: those that are plugged in are found by themselves.'
    : 'There is no [[modem]] and modems.discover is false, so nothing can be sent.';
  const modems = loaded.config.modem.length === 0 ? [none] : [];
  return [verdict, ...modems, ...loaded.warnings].map((line) => `${line}\n`).join('');
}

function describeTable(table: Table, path: Path, loaded: LoadedConfig): string[] {
  const entries = Object.entries(table.options);
  const own = entries.flatMap(([key, node]) => (isTable(node) ? [] : [describeOption(node, [...path, key], loaded)]));
  // The comments of a table stand below each other, unless a value is very long.
  const width = Math.max(0, ...own.map(({ pair }) => pair.length).filter((length) => length <= 60));
  const lines = own.map(({ pair, origin }) => `${pair.padEnd(width)}  # ${origin}`);
  return [...lines, ...entries.flatMap(([key, node]) => (isTable(node) ? describeInner(node, [...path, key], loaded) : []))];
}

function describeInner(table: Table, path: Path, loaded: LoadedConfig): string[] {
  const name = path.filter((part) => typeof part === 'string').join('.');
  if (!table.list) return ['', `[${name}]`, ...describeTable(table, path, loaded)];
  const items = valueAt(loaded.config, path);
  if (!Array.isArray(items) || items.length === 0) return ['', `# no [[${name}]]`];
  return items.flatMap((_, i) => ['', `[[${name}]]`, ...describeTable(table, [...path, i], loaded)]);
}

function describeOption(option: Option, path: Path, loaded: LoadedConfig): { pair: string; origin: string } {
  const key = String(path.at(-1));
  const value = valueAt(loaded.config, path);
  if (value === undefined) return { pair: `# ${key}`, origin: 'not set' };
  const origin = placeText(loaded.placeOf(path));
  if (!isSecret(option)) return { pair: `${key} = ${tomlValue(value)}`, origin };
  const file = loaded.secretFileOf(path);
  return { pair: file === undefined ? `${key} = "(secret)"` : `${key}File = ${tomlValue(file)}`, origin };
}

// ---- the manual ------------------------------------------------------------------------------------------------------

const HEAD = [
  `The configuration of Simpost, in TOML. Give it with --config FILE; without that, ${DEFAULT_CONFIG_FILE} is read if it is there.`,
  '',
  'Every option stands here with what it does and its default. A line that begins with #, followed by no space, is an option that is left at its default: take the # away and change the value.',
  'The environment goes before the file: the variable is named with each option. The same name with _FILE at its end names a file that holds the value. What stands in [[double brackets]] can be set in the file only.',
  '"simpost config check" lists all mistakes with their lines; "simpost config print" shows what is in force and where each value comes from.',
];

/**
 * The whole manual of the configuration as a TOML file, for `simpost config print --defaults`: every option with its
 * description, commented out at its default, so that the file as it is means the defaults.
 * @param examples puts the options that most installations set in force, with example values: `simpost.example.toml`
 */
export function describeOptions(examples = false): string {
  const head = HEAD.flatMap((text) => comment(text));
  return `${[...head, ...Object.entries(OPTIONS.options).flatMap(([key, table]) => manualTable(table, [key], examples))].join('\n')}\n`;
}

function manualTable(table: Table, path: readonly string[], examples: boolean, inList = false): string[] {
  const name = path.join('.');
  const list = inList || table.list === true;
  const entries = Object.entries(table.options);
  return [
    '',
    ...comment(table.description),
    table.list ? `#[[${name}]]` : `[${name}]`,
    ...entries.flatMap(([key, node]) => (isTable(node) ? [] : manualOption(node, [...path, key], examples, list))),
    ...entries.flatMap(([key, node]) => (isTable(node) ? manualTable(node, [...path, key], examples, list) : [])),
  ];
}

function manualOption(option: Option, path: readonly string[], examples: boolean, inList: boolean): string[] {
  const key = path.at(-1) ?? '';
  const facts = [kind(option), defaultText(option), ...(inList ? [] : [environmentName(path)]), `since ${option.since}`];
  // In an array there are no defaults to show: the lines are a pattern to fill in.
  const value = examples || inList || option.default === undefined ? option.example : option.default;
  const active = examples && option.essential === true ? '' : '#';
  const pair = isSecret(option)
    ? `#${key}File = ${tomlValue(`/etc/simpost/${path[0] ?? ''}.${key}`)}`
    : `${active}${key} = ${tomlValue(value)}`;
  const secret = isSecret(option)
    ? [`${key}File names a file that holds it; ${key} = "…" gives it here, for all who may read this file.`]
    : [];
  return ['', ...[option.description, ...secret, `(${facts.join('; ')})`].flatMap((text) => comment(text)), pair];
}

/** `whole number of seconds, 1 to 600`. */
function kind(option: Option): string {
  switch (option.type) {
    case 'integer':
      return `whole number${option.unit === undefined ? '' : `, ${option.unit}`}, ${option.minimum} to ${option.maximum}`;
    case 'boolean':
      return 'true or false';
    case 'texts':
      return 'list of texts';
    case 'string':
      return option.values ? option.values.map((value) => tomlValue(value)).join(', ') : 'text';
  }
}

function defaultText(option: Option): string {
  if (option.default !== undefined) return `default ${tomlValue(option.default)}`;
  if (option.type === 'string' && option.defaultFrom === 'systemTimeZone') return 'default: the time zone of the machine';
  return option.optional ? 'not set by default' : 'must be set';
}
