import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom. A folder that is not listed here fails the test, so that a new room is a decision. */
const WALLS: Readonly<Record<string, readonly string[] | 'all'>> = {
  base: [],
  pdu: ['base'],
  policy: ['base'],
  texts: ['base'],
  at: ['base'],
  // What a site writes of its own is held against policy when it is read.
  config: ['base', 'policy'],
  store: ['base'],
  doctor: ['base'],
  serial: ['base', 'at'],
  balance: ['base', 'policy', 'store'],
  standing: ['base', 'store'],
  webhooks: ['base', 'store'],
  metrics: ['base', 'store'],
  alerts: ['base', 'store', 'texts'],
  'moving-in': [],
  modem: ['base', 'at', 'pdu'],
  simulator: ['base', 'at', 'pdu'],
  // Pure: what is written to clients, from texts and fields.
  templates: ['base', 'pdu', 'policy', 'texts'],
  dispatch: ['base', 'pdu', 'policy', 'store'],
  inbound: ['base', 'pdu', 'policy', 'store', 'texts'],
  contacts: ['base', 'policy', 'store', 'dispatch', 'templates', 'texts'],
  dialogues: ['base', 'policy', 'store', 'templates', 'texts'],
  occasions: ['base', 'policy', 'store', 'dispatch', 'templates'],
  campaigns: ['base', 'pdu', 'policy', 'store', 'dispatch', 'templates', 'texts', 'contacts'],
  http: ['base', 'pdu', 'policy', 'texts', 'store', 'templates', 'dispatch', 'inbound', 'contacts', 'occasions', 'campaigns', 'dialogues'],
  // Types of the API, and words that it says too: see below.
  console: ['http', 'store', 'texts'],
  'usb-helper': ['base', 'serial'],
  // Where everything is built and joined, and what the command line runs.
  daemon: 'all',
  commands: 'all',
  '.': 'all',
};

/** What only one room may use, and the room or file. */
const RESERVED: readonly { readonly what: RegExp; readonly only: RegExp; readonly why: string }[] = [
  {
    what: /\bDate\.now\(|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|new Date\(\)/,
    only: /^src\/(base\/clock|console\/browser-clock)\.ts$/,
    why: 'time is handed in (T05)',
  },
  { what: /\bMath\.random\(/, only: /^$/, why: 'chance is handed in' },
  { what: /from 'better-sqlite3'/, only: /^src\/store\//, why: 'SQL lives in the store' },
  { what: /\b(INSERT INTO|SELECT .* FROM|UPDATE \w+ SET|DELETE FROM)\b/, only: /^src\/store\//, why: 'SQL lives in the store' },
  { what: /from '(serialport|@serialport\/bindings-cpp)'/, only: /^src\/serial\//, why: 'ports are opened in one room' },
  { what: /\beval\(|new Function\(|(?<![.\w])exec(Sync)?\(/, only: /^$/, why: 'nothing from outside is ever executed (X04)' },
  {
    what: /innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
    only: /^$/,
    why: 'what people wrote is only ever a text node (X06)',
  },
  { what: /console\.(log|error|warn)\(/, only: /^$/, why: 'logs go through base/log, words to a person through the command line' },
];

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

function filesUnder(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

interface Module {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g;

function importsOf(text: string, path: string): string[] {
  return [...text.matchAll(IMPORT)].map((m) => resolve(dirname(path), m[1] ?? m[2] ?? ''));
}

const roomOf = (path: string): string => {
  const parts = relative(src, path).split('/');
  return parts.length === 1 ? '.' : (parts[0] ?? '.');
};

const modules: Module[] = filesUnder(src).map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path, room: roomOf(path), text, imports: importsOf(text, path) };
});

/** Every wall that a module breaks, as sentences. */
function breaches(module: Pick<Module, 'path' | 'room' | 'imports'>): string[] {
  const allowed = WALLS[module.room];
  if (allowed === undefined) return [`${module.room}/ is no room that the architecture knows`];
  if (allowed === 'all') return [];
  return module.imports
    .map((target) => ({ target, room: roomOf(target) }))
    .filter(({ room }) => room !== module.room && !allowed.includes(room))
    .map(
      ({ target, room }) => `${relative(root, module.path)} imports ${relative(root, target)}, but ${module.room} may not import ${room}`,
    );
}

function cycles(of: readonly Module[]): string[] {
  const byPath = new Map(of.map((m) => [m.path, m]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const known = state.get(path);
    if (known === 'done') return;
    if (known === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].map((p) => relative(src, p)).join(' -> '));
      return;
    }
    state.set(path, 'open');
    for (const next of byPath.get(path)?.imports ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const m of of) visit(m.path, []);
  return found;
}

describe('the walls of the house', () => {
  it('sees the files and their imports', () => {
    expect(modules.length).toBeGreaterThan(40);
    expect(modules.flatMap((m) => m.imports).length).toBeGreaterThan(100);
    expect(Object.keys(WALLS).filter((room) => !modules.some((m) => m.room === room))).toEqual([]);
  });

  it('fails for an import that breaks a wall (control)', () => {
    expect(breaches({ path: join(src, 'pdu/x.ts'), room: 'pdu', imports: [join(src, 'store/store.ts')] })).toHaveLength(1);
    expect(breaches({ path: join(src, 'attic/x.ts'), room: 'attic', imports: [] })).toHaveLength(1);
    const a = { path: '/a', room: '.', text: '', imports: ['/b'] };
    expect(cycles([a, { ...a, path: '/b', imports: ['/a'] }])).toHaveLength(1);
  });

  it('has nobody importing whom it may not', () => {
    expect(modules.flatMap(breaches)).toEqual([]);
  });

  it('lets the console know the rest by types of the API and by words alone', () => {
    const types = /^\s*import type \{[^}]*\} from '(\.\.\/)+(http\/schemas|store\/records)\/[\w-]+\.ts';$/;
    const words = /^import \w+ from '(\.\.\/)+texts\/data\/[\w-]+\.json' with \{ type: 'json' \};$/;
    const beyond = modules
      .filter((m) => m.room === 'console')
      .flatMap((m) =>
        m.text.split('\n').filter((line) => /from '(\.\.\/)+(http|store|texts)\//.test(line) && !types.test(line) && !words.test(line)),
      );
    expect(beyond).toEqual([]);
    expect(modules.filter((m) => m.room === 'console').length).toBeGreaterThan(20);
  });

  it('is on the map of CONTRIBUTING.md, every room of it, and each file that is named there is there', () => {
    const map = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm);
    const rows = [...map].map(([, room = '', text = '']) => ({
      room,
      named: [...text.matchAll(/`([\w/-]+\.(?:ts|json))`/g)].map((m) => m[1] ?? ''),
    }));
    expect(rows.map(({ room }) => room).sort()).toEqual(
      Object.keys(WALLS)
        .filter((room) => room !== '.')
        .sort(),
    );
    const paths = rows.flatMap(({ room, named }) => named.map((name) => (name.startsWith('src/') ? name : `src/${room}/${name}`)));
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has no circular import', () => {
    expect(cycles(modules)).toEqual([]);
  });

  it('imports only files that exist', () => {
    const missing = modules.flatMap((m) => m.imports.filter((i) => !statSync(i, { throwIfNoEntry: false })?.isFile()));
    expect(missing.map((m) => relative(root, m))).toEqual([]);
  });

  it.each(RESERVED)('keeps $what where it belongs: $why', ({ what, only }) => {
    const offenders = modules
      .filter((m) => !only.test(relative(root, m.path)))
      .flatMap((m) =>
        m.text
          .split('\n')
          .filter((line) => what.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
          .map((line) => `${relative(root, m.path)}: ${line.trim()}`),
      );
    expect(offenders).toEqual([]);
  });
});
