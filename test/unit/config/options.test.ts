import { Ajv } from 'ajv';
import type { CountryCode } from 'libphonenumber-js/min';
import { stringify } from 'smol-toml';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { LogLevel } from '../../../src/base/log.ts';
import { PURPOSES, type Purpose } from '../../../src/base/purpose.ts';
import { environmentName } from '../../../src/config/environment.ts';
import { FORMATS } from '../../../src/config/formats.ts';
import { isSecret, leaves, type Option, pathText, type Table } from '../../../src/config/option.ts';
import { type Config, OPTIONS } from '../../../src/config/options.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { EVENT_TYPES } from '../../../src/http/schemas/event.ts';
import type { Language } from '../../../src/policy/language.ts';
import { faultOf, loadText } from '../../support/config-text.ts';

const ALL = leaves(OPTIONS);

/** A file in which one option has the value, and what its table needs besides. */
function fileWith(path: readonly string[], value: unknown): string {
  const key = path.at(-1) ?? '';
  const needs: Record<string, Record<string, string>> = {
    modem: { port: '/dev/ttyACM0' },
    otpTemplate: { name: 'signIn' },
    sim: { iccid: '8938006230001234567' },
    openingHours: { from: '09:00', to: '18:00' },
    quietHours: { purpose: 'service', from: '22:00', to: '08:00' },
    webhook: { url: 'http://127.0.0.1:9000/', secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
  };
  const table = path[0] ?? '';
  const needed = needs[table];
  const site = { site: { country: 'UA' } };
  // A modem is named by one of three, and so is what a rule is for.
  const others = key === 'imei' || key === 'usbPath' ? {} : needed;
  if (table === 'rule') {
    const words = key === 'prefix' || key === 'pattern' ? {} : { words: ['ціна'] };
    return stringify({ ...site, rule: [{ name: 'prices', notify: true, tag: 'x', ...words, [key]: value }] });
  }
  if (needed) return stringify({ ...site, [table]: [{ ...others, [key]: value }] });
  // A certificate and its key stand together.
  const pair: Record<string, object> = { certFile: { keyFile: '/etc/k.pem' }, keyFile: { certFile: '/etc/c.pem' } };
  if (table === 'http') return stringify({ ...site, http: { ...pair[key], [key]: value } });
  // Answers need an occasion.
  if (table === 'away') return stringify({ ...site, away: { [key]: value }, openingHours: [needs.openingHours] });
  if (table === 'public')
    return stringify({ ...site, public: { listen: '127.0.0.1:8026', baseUrl: 'https://s.clinic.example', [key]: value } });
  if (table === 'alarm') return stringify({ ...site, alarm: { words: ['кровотеча'], [key]: value } });
  const inner = path.slice(1).reduceRight<unknown>((below, part) => ({ [part]: below }), value);
  return stringify({ ...site, [table]: table === 'site' ? { ...site.site, [key]: value } : inner });
}

function valueIn(config: unknown, path: readonly string[]): unknown {
  const step = (value: unknown, key: string): unknown => {
    const table = Array.isArray(value) ? value[0] : value;
    return typeof table === 'object' && table !== null ? Reflect.get(table, key) : undefined;
  };
  return path.reduce(step, config);
}

describe('the table of options', () => {
  test('names every option of the issue', () => {
    const keys = ALL.map((leaf) => pathText(leaf.path));
    expect(keys).toEqual(
      expect.arrayContaining(
        'site.name site.country site.timeZone http.listen store.path modem.port sim.iccid sim.name webhook.url webhook.secret webhook.events'.split(
          ' ',
        ),
      ),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('says of each option what it does and since when, and of each number what it counts', () => {
    for (const { path, option } of ALL) {
      expect(option.description, pathText(path)).toMatch(/^[A-Z].*[.):"]$/s);
      expect(option.since, pathText(path)).toMatch(/^\d+\.\d+\.\d+$/);
      // A port is a name made of digits.
      if (option.type === 'integer' && path.at(-1) !== 'port') expect(option.unit, pathText(path)).toBeTruthy();
    }
  });

  test.each(ALL.map((leaf) => ({ key: pathText(leaf.path), ...leaf })))('$key takes its example, and its default', ({ path, option }) => {
    expect(valueIn(loadText(fileWith(path, option.example)), path)).toEqual(option.example);
    // Where no words are written, prefix or pattern is; an empty list of them is a mistake.
    if (option.default === undefined || pathText(path) === 'rule.words') return;
    expect(valueIn(loadText(fileWith(path, option.default)), path)).toEqual(option.default);
  });

  test.each(ALL.map((leaf) => ({ key: pathText(leaf.path), ...leaf })))('$key refuses each value of another type', ({ path, option }) => {
    for (const wrong of wrongTypes(option)) {
      const fault = faultOf(() => loadText(fileWith(path, wrong)));
      expect(
        fault.places.map((place) => place.pointer.replaceAll(/\[\d\]/g, '')),
        JSON.stringify(wrong),
      ).toContain(pathText(path));
      expect(fault.places, JSON.stringify(wrong)).toHaveLength(1);
      expect(fault.places[0]?.detail).toMatch(/^line \d+: .* must be /);
    }
  });

  test('gives every variable one option', () => {
    const names = ALL.flatMap(({ path }) => [environmentName(path), `${environmentName(path)}_FILE`]);
    expect(new Set(names).size).toBe(names.length);
    expect(environmentName(['site', 'timeZone'])).toBe('SIMPOST_SITE_TIME_ZONE');
    expect(names.filter((name) => !/^SIMPOST(_[A-Z][A-Z0-9]*)+$/.test(name))).toEqual([]);
  });

  test('has secrets only where nothing shows them', () => {
    expect(ALL.filter(({ option }) => isSecret(option)).map(({ path }) => pathText(path))).toEqual([
      'sim.pin',
      'webhook.secret',
      'webhook.previousSecret',
      'alerts.smtp.password',
    ]);
  });

  test('asks for the same purposes as everything else', () => {
    const tables: readonly Table[] = [
      OPTIONS.options.messages.options.validFor,
      OPTIONS.options.delivery.options.uncertain,
      OPTIONS.options.delivery.options.uncertainAfter,
    ];
    for (const table of tables) expect(Object.keys(table.options)).toEqual([...PURPOSES]);
  });
});

describe('the type of the configuration', () => {
  test('comes from the table', () => {
    expectTypeOf<Config['site']>().toEqualTypeOf<{
      readonly name: string;
      readonly country?: CountryCode;
      readonly language?: Language;
      readonly phone?: string;
      readonly timeZone: string;
    }>();
    expectTypeOf<Config['http']['insecureLan']>().toEqualTypeOf<boolean>();
    expectTypeOf<Config['messages']['validFor']>().toExtend<Readonly<Record<Purpose, number>>>();
    expectTypeOf<Config['delivery']['uncertain']>().toExtend<Readonly<Record<Purpose, 'resend' | 'hold'>>>();
    expectTypeOf<Config['delivery']['uncertainAfter']>().toExtend<Readonly<Record<Purpose, number>>>();
    expectTypeOf<Config['modem'][number]['name']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Config['webhook'][number]['secret']>().toEqualTypeOf<string>();
    expectTypeOf<Config['webhook'][number]['events']>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<Config['log']['level']>().toEqualTypeOf<LogLevel>();
  });

  test('is met by what the effective schema lets through: everything is there but what is optional', () => {
    const empty = loadText('');
    for (const { path, option, inList } of ALL.filter((leaf) => !leaf.inList && leaf.option.optional !== true)) {
      const value = valueIn(empty, path);
      const type = { string: 'string', integer: 'number', boolean: 'boolean', texts: 'object' }[option.type];
      expect(typeof value, pathText(path)).toBe(type);
      expect(inList).toBe(false);
    }
    expect([empty.modem, empty.sim, empty.webhook]).toEqual([[], [], []]);
  });
});

describe('the schema of the file', () => {
  const ajv = new Ajv({ allErrors: true });
  ajv.addVocabulary(['x-unit', 'x-since', 'x-secret']);
  for (const [name, problem] of Object.entries(FORMATS)) ajv.addFormat(name, (text: string) => problem(text) === undefined);
  const fits = ajv.compile(configSchema('file'));

  test('is draft 7 and takes a secret or its file, one of them', () => {
    const url = 'http://127.0.0.1:9000/';
    expect(ajv.validateSchema(configSchema('file'))).toBe(true);
    expect(
      fits({
        webhook: [
          { url, secretFile: '/x' },
          { url, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
        ],
      }),
    ).toBe(true);
    expect(fits({ webhook: [{ url }] })).toBe(false);
    expect(fits({ modem: [{}] })).toBe(false);
    expect(fits({ sitee: {} })).toBe(false);
    expect(fits({})).toBe(true);
  });

  test('carries description, default and unit for a form', () => {
    expect(configSchema('file').properties?.delivery?.properties?.answerLimit).toMatchObject({
      type: 'integer',
      default: 130,
      'x-unit': 's',
      'x-since': '0.1.0',
    });
  });
});

test('the events that a webhook may ask for are those that the API tells, and their families', () => {
  const families = ['*', ...EVENT_TYPES.map((type) => type.replace(/\..*/, '.*'))];
  for (const type of [...EVENT_TYPES, ...families]) expect(FORMATS.eventType(type), type).toBeUndefined();
  for (const type of ['', 'message', 'message.read', '**', 'message.', 'inbound.sent'])
    expect(FORMATS.eventType(type), type).toMatch(/^is no event/);
  const listed = FORMATS.eventType('zzzzzzzzzzzzzzzzzzzzzzzz')?.match(/"[^"]+"/g) ?? [];
  expect(new Set(listed)).toEqual(new Set([...families, ...EVENT_TYPES].map((type) => `"${type}"`)));
});

function wrongTypes(option: Option): unknown[] {
  const table = { a: 1 };
  switch (option.type) {
    case 'integer':
      return ['10', true, 1.5, [1], table, new Date(0)];
    case 'boolean':
      return ['true', 1, [true], table];
    case 'texts':
      return ['*', 1, true, table];
    case 'string':
      return [1, true, 2.5, ['x'], table, new Date(0)];
  }
}
