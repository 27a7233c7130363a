import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { Lines } from '../../../src/config/locate.ts';
import type { Path } from '../../../src/config/option.ts';

const RUNS = process.env.SIMPOST_TEST_FULL ? 5_000 : 500;

/** The numbers of the lines as the tests write them, in front of each line. */
function at(numbered: string): Lines {
  const toml = numbered.replaceAll(/^ *\d+\| ?/gm, '');
  parse(toml);
  return new Lines(toml);
}

test('finds keys in tables, dotted keys and arrays of tables', () => {
  const lines = at(`1| # a comment with [brackets] and a = sign
    2| top = 1
    3| [site]
    4| name = "x"   # name = "y"
    5| "time zone" . inner = 'a = b'
    6|
    7| [[modem]]
    8| port = "/dev/a"
    9| [modem.extra]
    10| x = 1
    11| [[modem]]
    12|   port = "/dev/b"
    13| [a.b]
    14| [[a.b.c]]
    15| [[a.b.c]]
    16| d = 1`);
  const found: [Path, number | undefined][] = [
    [['top'], 2],
    [['site'], 3],
    [['site', 'name'], 4],
    [['site', 'time zone'], 5],
    [['site', 'time zone', 'inner'], 5],
    [['modem'], 7],
    [['modem', 0], 7],
    [['modem', 0, 'port'], 8],
    [['modem', 0, 'extra', 'x'], 10],
    [['modem', 1], 11],
    [['modem', 1, 'port'], 12],
    [['a', 'b', 'c', 1, 'd'], 16],
    [['modem', 2], undefined],
    [['b'], undefined],
  ];
  for (const [path, line] of found) expect(lines.of(path), JSON.stringify(path)).toBe(line);
});

test('is not misled by what stands inside texts, lists and inline tables', () => {
  const lines = at(`1| a = """
    2| b = 1
    3| \\""" [x]
    4| """""
    5| c = '''
    6| d = 1 ' '' '''
    7| e = "\\"" # "
    8| f = [ # one
    9|   "]", { g = 1, h = [2,
    10|    3] }, # two
    11| ]
    12| i = { j = 1, "k.l" = { m = 2 } }
    13| n = 1979-05-27 07:32:00Z
    14| o = 2
    15| p = 'C:\\'
    16| q = '#'`);
  const found: [Path, number | undefined][] = [
    [['a'], 1],
    [['b'], undefined],
    [['c'], 5],
    [['d'], undefined],
    [['e'], 7],
    [['f', 0], 9],
    [['f', 1, 'g'], 9],
    [['f', 1, 'h', 1], 10],
    [['i', 'k.l', 'm'], 12],
    [['n'], 13],
    [['o'], 14],
    [['p'], 15],
    [['q'], 16],
  ];
  for (const [path, line] of found) expect(lines.of(path), JSON.stringify(path)).toBe(line);
});

test('counts Windows line ends once', () => {
  expect(new Lines('a = 1\r\n\r\n[b]\r\nc = 1\r\n').of(['b', 'c'])).toBe(4);
});

test('gives the table around what is not written', () => {
  const lines = new Lines('\n[modem]\n\n[[sim]]\nname = "x"\n');
  expect(lines.around(['sim', 0, 'iccid'])).toBe(4);
  expect(lines.around(['site', 'name'])).toBeUndefined();
});

test('finds every key of any TOML that a writer makes', () => {
  const key = fc.oneof(fc.stringMatching(/^[a-zA-Z_-]{1,6}$/), fc.string({ maxLength: 6 })).filter((k) => k !== '__proto__');
  const scalar = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('"""', "'''", '# x', 'a\nb = 1\n[c]'),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(
      key,
      fc.oneof({ depthSize: 'small' }, scalar, tie('tree'), fc.array(tie('tree'), { maxLength: 3 }), fc.array(scalar, { maxLength: 3 })),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const toml = stringify(value);
      const lines = new Lines(toml);
      const text = toml.split('\n');
      for (const path of pathsOf(parse(toml))) {
        const line = lines.of(path);
        expect(line, `${JSON.stringify(path)} in\n${toml}`).toBeDefined();
        // The writer begins the line of a key with the key, unless the key needs quotes or stands in an inline table.
        const last = path.at(-1);
        if (path.length === 1 && typeof last === 'string' && /^[\w-]+$/.test(last))
          expect(text[(line ?? 0) - 1]).toMatch(new RegExp(`^\\[*${last}\\b|^\\[*${last}`));
      }
    }),
    { numRuns: RUNS },
  );
});

/** Every path below a value, of tables and items too. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, i) => pathsOf(item, [...path, i]))
    : typeof value === 'object' && value !== null && !(value instanceof Date)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return path.length === 0 ? below : [path, ...below];
}
