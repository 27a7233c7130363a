import { dirname, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { Fault } from '../base/fault.ts';
import { fitsSchema } from './check.ts';
import { type Environment, readEnvironment, type Setting } from './environment.ts';
import { exposed, IN_THE_CLEAR, isInTheClear, isOpenToAll } from './exposure.ts';
import { DEFAULT_CONFIG_FILE, readText, UnreadableFile, unreadableConfig } from './file.ts';
import { systemTimeZone } from './formats.ts';
import { Lines } from './locate.ts';
import { configFault, ENVIRONMENT, type Mistake, type Place } from './mistakes.ts';
import { isSecret, isTable, type Path, pathText } from './option.ts';
import { type Config, OPTIONS } from './options.ts';
import { contradictions } from './rules.ts';
import { slipIn } from './toml-mistakes.ts';
import { eachTable, isValues, type Values, valueAt, withoutDates } from './values.ts';

/** A configuration with the story of its values, as `simpost config print` tells it. */
export interface LoadedConfig {
  readonly config: Config;
  /** The file that was read, absolute; null where there was none. */
  readonly file: string | null;
  placeOf(path: Path): Place;
  /** The file that a secret was read from, by the path of the secret. */
  secretFileOf(path: Path): string | undefined;
  /** What is no mistake and yet should be seen to, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * The effective configuration: defaults, over them the file, over that the environment.
 *
 * @param file what `--config` names. Undefined: `/etc/simpost/simpost.toml` where there is one, else defaults alone
 * @param env variables such as `SIMPOST_SITE_TIME_ZONE`, most often `process.env`
 * @throws Fault `configInvalid`, one for all mistakes, with a place each: `pointer` is the option (`modem[0].port`),
 *   `detail` the line or variable and a sentence
 */
export function loadConfig(file: string | undefined, env: Environment): Config {
  return readConfig(file, env).config;
}

/** As `loadConfig`, but gives the fault back: for `simpost config check`. */
export function checkConfig(file: string | undefined, env: Environment): Config | Fault {
  try {
    return loadConfig(file, env);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/**
 * As `loadConfig`, and keeps where each value came from.
 * @param defaultFile where to look when `file` is undefined
 */
export function readConfig(file: string | undefined, env: Environment, defaultFile: string = DEFAULT_CONFIG_FILE): LoadedConfig {
  const source = openSource(file, defaultFile);
  const { settings, mistakes } = readEnvironment(env);
  const name = source.file ?? ENVIRONMENT;

  const parsed = parseToml(source.text);
  if (parsed instanceof TomlError) throw configFault(name, [syntaxMistake(parsed, source.text), ...mistakes], () => ({ kind: 'default' }));
  const { values, lines } = parsed;

  const folder = source.file === null ? process.cwd() : dirname(source.file);
  const secrets = readSecrets(values, folder, mistakes);
  absoluteFolders(values, folder);
  apply(settings, values);
  absoluteFolders(values, process.cwd());

  const placeOf = (path: Path): Place => {
    const setting = settings.find((one) => pathText(one.path) === pathText(path));
    if (setting) return { kind: 'environment', name: setting.name };
    const line = lines.of(secrets.has(pathText(path)) ? fileKey(path) : path);
    return line === undefined ? { kind: 'default' } : { kind: 'file', line };
  };
  fillFromMachine(values);
  mistakes.push(...contradictions(values));
  if (!fitsSchema(values, mistakes) || mistakes.length > 0) {
    const written = mistakes.map((mistake) => asWritten(mistake, secrets));
    throw configFault(name, withoutEchoes(written), (path) => {
      const place = placeOf(path);
      const line = lines.around(path);
      return place.kind === 'default' && line !== undefined ? { kind: 'file', line } : place;
    });
  }
  return {
    config: values,
    file: source.file,
    placeOf,
    secretFileOf: (path) => secrets.get(pathText(path)),
    warnings: [...(isInTheClear(values.http) ? [IN_THE_CLEAR] : []), ...warningsOf(values, source.file, secrets)],
  };
}

/** Secrets that others on this machine may read: in files of their own, or in the configuration itself. */
function warningsOf(values: Values, file: string | null, secrets: ReadonlyMap<string, string>): string[] {
  const fileIsOpen = file !== null && isOpenToAll(file);
  const warnings: string[] = [];
  eachTable(values, OPTIONS, (table, { options }, path) => {
    for (const [key, option] of Object.entries(options)) {
      if (!isSecret(option) || table[key] === undefined) continue;
      const pointer = pathText([...path, key]);
      const own = secrets.get(pointer);
      if (own !== undefined && isOpenToAll(own)) warnings.push(exposed(`${pointer}File`, own));
      else if (own === undefined && fileIsOpen) warnings.push(exposed(pointer, file));
    }
  });
  return warnings;
}

function openSource(file: string | undefined, defaultFile: string): { text: string; file: string | null } {
  const path = resolve(file ?? defaultFile);
  try {
    return { text: readText(path), file: path };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (file === undefined && error.isMissing) return { text: '', file: null };
    throw unreadableConfig(path, error);
  }
}

function parseToml(text: string): { values: Values; lines: Lines } | TomlError {
  try {
    return { values: withoutDates(parse(text, { integersAsBigInt: 'asNeeded' })), lines: new Lines(text) };
  } catch (error) {
    if (error instanceof TomlError) return error;
    throw error;
  }
}

/** The parser's own message goes on with the lines around the place, which may hold a secret: only its first line is told. */
function syntaxMistake(error: TomlError, text: string): Mistake {
  const what = error.message.split('\n')[0]?.replace('Invalid TOML document: ', '') ?? '';
  const sentence = slipIn(text, error.line) ?? `cannot be read (${what})`;
  return { path: ['TOML'], sentence, where: { kind: 'file', line: error.line, column: error.column } };
}

/** Puts the content of each `secretFile` where `secret` would stand. Gives back the files, by the path of the secret. */
function readSecrets(values: Values, folder: string, mistakes: Mistake[]): Map<string, string> {
  const files = new Map<string, string>();
  eachTable(values, OPTIONS, (table, { options }, path) => {
    for (const [key, option] of Object.entries(options)) {
      const written = Object.hasOwn(table, `${key}File`) ? table[`${key}File`] : undefined;
      if (!isSecret(option) || written === undefined) continue;
      delete table[`${key}File`];
      const place = [...path, `${key}File`];
      const complain = (sentence: string): void => void mistakes.push({ path: place, sentence });
      if (typeof written !== 'string' || written === '') complain('must name a file, in quotes');
      else if (Object.hasOwn(table, key)) complain(`and ${key} are both written: take one of the two away`);
      else {
        const file = resolve(folder, written);
        try {
          table[key] = readText(file).trim();
          files.set(pathText([...path, key]), file);
        } catch (error) {
          if (!(error instanceof UnreadableFile)) throw error;
          complain(`the file ${file} ${error.message}`);
        }
      }
    }
  });
  return files;
}

function fileKey(path: Path): Path {
  return [...path.slice(0, -1), `${String(path.at(-1))}File`];
}

/** A path that is not absolute counts from where it was written. */
function absoluteFolders(values: Values, from: string): void {
  eachTable(values, OPTIONS, (table, { options }) => {
    for (const [key, option] of Object.entries(options)) {
      const value = Object.hasOwn(table, key) ? table[key] : undefined;
      if (isTable(option) || option.type !== 'string' || option.format !== 'folder') continue;
      // "" and "~" are mistakes that must stay to be seen.
      if (typeof value === 'string' && value !== '' && !value.startsWith('~')) table[key] = resolve(from, value);
    }
  });
}

function apply(settings: readonly Setting[], values: Values): void {
  for (const { path, value } of settings) {
    let table: unknown = values;
    for (const key of path.slice(0, -1)) {
      if (!isValues(table)) break;
      if (!Object.hasOwn(table, key)) table[key] = {};
      table = table[key];
    }
    const key = path.at(-1);
    if (isValues(table) && key !== undefined) table[key] = value;
  }
}

/** The defaults that are no fact of the table of options but of the machine. */
function fillFromMachine(values: Values): void {
  if (!Object.hasOwn(values, 'site')) values.site = {};
  const site = values.site;
  if (isValues(site) && valueAt(site, ['timeZone']) === undefined) site.timeZone = systemTimeZone();
}

/** What a file of a secret holds is a mistake of the key that names the file. */
function asWritten(mistake: Mistake, secrets: ReadonlyMap<string, string>): Mistake {
  const file = secrets.get(pathText(mistake.path));
  return file === undefined ? mistake : { ...mistake, path: fileKey(mistake.path), sentence: `in ${file}, ${mistake.sentence}` };
}

/** A secret whose file could not be read is also missing: that is one mistake, not two. */
function withoutEchoes(mistakes: readonly Mistake[]): Mistake[] {
  const told = new Set(mistakes.map((mistake) => pathText(mistake.path)));
  return mistakes.filter((mistake) => !told.has(pathText(fileKey(mistake.path))));
}
