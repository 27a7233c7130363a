import type { CountryCode } from 'libphonenumber-js/min';

/**
 * What an option is. The table of all options (`options.ts`) is plain data of these shapes; the schema, the types, the
 * environment names, the printed manual and later the console's form are all made from it.
 */

/** A named check with a sentence of its own; see `formats.ts`. */
export type FormatName =
  | 'baseUrl'
  | 'country'
  | 'domain'
  | 'countryOrAny'
  | 'date'
  | 'eventType'
  | 'folder'
  | 'fullNumber'
  | 'hostName'
  | 'iccid'
  | 'imei'
  | 'listen'
  | 'mailAddress'
  | 'money'
  | 'name'
  | 'network'
  | 'otpText'
  | 'phone'
  | 'phrase'
  | 'pin'
  | 'port'
  | 'prefix'
  | 'price'
  | 'purpose'
  | 'quietDay'
  | 'replyText'
  | 'tag'
  | 'textPattern'
  | 'timeOfDay'
  | 'timeZone'
  | 'url'
  | 'usbPath'
  | 'webhookSecret';

interface Described {
  /** What it does, in one or two plain sentences, for the person who edits the file. */
  readonly description: string;
}

interface AnyOption extends Described {
  /** The version that first had it. */
  readonly since: string;
  /** `s`, `segments`, `baud`: what the number counts. */
  readonly unit?: string;
  /** Neither a default nor necessary: absent is a value. */
  readonly optional?: true;
  /** Most installations set it: it stands ready to be edited in `simpost.example.toml`. */
  readonly essential?: true;
}

interface TextOption extends AnyOption {
  readonly type: 'string';
  readonly default?: string;
  /** Where the default is not a fact of this table but of the machine. */
  readonly defaultFrom?: 'systemTimeZone';
  readonly example: string;
  readonly values?: readonly string[];
  readonly format?: FormatName;
  readonly maxLength?: number;
  /** Never printed, and `…File` beside it names a file to read it from. */
  readonly secret?: true;
}

interface NumberOption extends AnyOption {
  readonly type: 'integer';
  /** None where `optional`. */
  readonly default?: number;
  readonly example: number;
  readonly minimum: number;
  readonly maximum: number;
}

interface SwitchOption extends AnyOption {
  readonly type: 'boolean';
  readonly default?: boolean;
  readonly example: boolean;
}

interface TextsOption extends AnyOption {
  readonly type: 'texts';
  readonly default: readonly string[];
  readonly example: readonly string[];
  readonly format: FormatName;
}

export type Option = TextOption | NumberOption | SwitchOption | TextsOption;

/** `[name]`, or `[[name]]` once for each where `list` is set. Options of an array can be set in the file only. */
export interface Table extends Described {
  readonly list?: true;
  /** Keys of which each table has one. */
  readonly exactlyOne?: readonly string[];
  readonly options: { readonly [key: string]: Option | Table };
}

// ---- the type of the values, from the table itself ------------------------------------------------------------------

type ValueOf<N> = N extends { readonly options: infer Options; readonly list: true }
  ? readonly ValuesOf<Options>[]
  : N extends { readonly options: infer Options }
    ? ValuesOf<Options>
    : N extends { readonly format: 'country' }
      ? CountryCode
      : N extends { readonly values: readonly (infer V)[] }
        ? V
        : N extends { readonly type: 'integer' }
          ? number
          : N extends { readonly type: 'boolean' }
            ? boolean
            : N extends { readonly type: 'texts' }
              ? readonly string[]
              : string;

type Optional = { readonly optional: true };

/** Values by key: what may be absent is an optional property. */
export type ValuesOf<Options> = Flat<
  {
    readonly [K in keyof Options as Options[K] extends Optional ? never : K]: ValueOf<Options[K]>;
  } & {
    readonly [K in keyof Options as Options[K] extends Optional ? K : never]?: ValueOf<Options[K]>;
  }
>;

/** The same type, written out, so that an editor shows its properties and not how it was made. */
type Flat<T> = { [K in keyof T]: T[K] };

// ---- paths ----------------------------------------------------------------------------------------------------------

/** Where a value stands: `['modem', 0, 'port']`. */
export type Path = readonly (string | number)[];

/** `modem[0].port`, as mistakes name it. */
export function pathText(path: Path): string {
  return path
    .map((part, i) => {
      if (typeof part === 'number') return `[${part}]`;
      return (i === 0 ? '' : '.') + (/^[\w-]+$/.test(part) ? part : JSON.stringify(part));
    })
    .join('');
}

export function isTable(node: Option | Table): node is Table {
  return 'options' in node;
}

/** Whether the option holds a secret: such a value is never shown. */
export function isSecret(node: Option | Table): boolean {
  return !isTable(node) && node.type === 'string' && node.secret === true;
}

/** The option or table at a path (numbers are skipped), if there is one. */
export function nodeAt(root: Table, path: Path): Option | Table | undefined {
  let node: Option | Table = root;
  for (const part of path) {
    if (typeof part === 'number') continue;
    if (!isTable(node) || !Object.hasOwn(node.options, part)) return undefined;
    const next: Option | Table | undefined = node.options[part];
    if (next === undefined) return undefined;
    node = next;
  }
  return node;
}

export interface Leaf {
  /** Without indices: `['modem', 'port']`. */
  readonly path: readonly string[];
  readonly option: Option;
  /** Whether it stands inside an array of tables. */
  readonly inList: boolean;
}

/** All options below a table, in the order of the table. */
export function leaves(table: Table, path: readonly string[] = [], inList = false): Leaf[] {
  return Object.entries(table.options).flatMap(([key, node]) =>
    isTable(node) ? leaves(node, [...path, key], inList || node.list === true) : [{ path: [...path, key], option: node, inList }],
  );
}
