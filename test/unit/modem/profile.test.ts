import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, it, test } from 'vitest';
import { causeOf } from '../../../src/base/causes.ts';
import { Fault } from '../../../src/base/fault.ts';
import { fits, matchProfile } from '../../../src/modem/profile.ts';
import { loadProfiles, profilesFolder } from '../../../src/modem/profile-files.ts';
import { GENERIC_PROFILE, PROFILE_FILE } from '../../../src/modem/profile-schema.ts';
import { MODEM_NAMES } from '../../support/modem-names.ts';

const { profiles, faults } = loadProfiles(profilesFolder());
const all = [profiles.generic, ...profiles.others];

describe('the profiles that are delivered', () => {
  it('are all right', () => {
    expect(faults.map((fault) => [fault.message, fault.places])).toEqual([]);
    expect(all.map((p) => p.name).sort()).toEqual(
      readdirSync(profilesFolder())
        .map((name) => name.replace('.json', ''))
        .sort(),
    );
  });

  it.each(MODEM_NAMES)('%s %s is %s', (manufacturer, model, name) => {
    expect(matchProfile(profiles, manufacturer, model).name).toBe(name);
  });

  it('are each for a modem of the table, and each of their patterns too', () => {
    const named = new Set(MODEM_NAMES.map(([, , name]) => name));
    expect(all.map((p) => p.name).filter((name) => !named.has(name))).toEqual([]);
  });

  it('match no modem of another maker: each pattern names its maker', () => {
    for (const profile of profiles.others) {
      const theirs = MODEM_NAMES.filter(([, , name]) => name !== profile.name);
      for (const { manufacturer, model } of profile.match) {
        expect(manufacturer.replaceAll('*', '').length, profile.name).toBeGreaterThan(2);
        for (const [maker, theirModel, name] of theirs) {
          if (!fits(manufacturer, maker) || !fits(model, theirModel)) continue;
          // Another profile of the same maker says more about that model.
          expect(matchProfile(profiles, maker, theirModel).name).toBe(name);
          expect(model, `${profile.name} and ${name}`).toBe('*');
        }
      }
    }
  });

  it('ignore no line that says something', () => {
    const telling = [
      '+CMTI: "SM",1',
      '+CDSI: "SM",1',
      '+CMT: ,24',
      '+CDS: 25',
      '+CREG: 1',
      '+CGREG: 1',
      '+CEREG: 1',
      '+CUSD: 0,"x",15',
      'RING',
      '+CLIP: "1",129',
      '+CRING: VOICE',
      'OK',
      'ERROR',
      '+CMS ERROR: 38',
      '+CMGS: 1',
      'RDY',
      '^SYSSTART',
      '^SMMEMFULL',
      '+CIEV: "SMSFULL",1',
      'NO CARRIER',
      'Call Ready',
      'SMS Ready',
      'SMS DONE',
      'PB DONE',
      '+CPIN: READY',
      '+QIND: "SMS DONE"',
      '+QUSIM: 1',
      '+QSIMSTAT: 1,1',
      '^SIMST:1',
    ];
    for (const { name, noise, iccid, pinRetries } of all) {
      const answers = [...iccid, ...(pinRetries === null ? [] : [pinRetries])].map((line) => `${line.slice(2).replace(/[?=].*/, '')}: 1`);
      for (const line of [...telling, ...answers])
        expect(
          noise.filter((beginning) => line.startsWith(beginning)),
          name,
        ).toEqual([]);
    }
  });

  it('are held against schemas that are schemas', () => {
    const ajv = new Ajv();
    for (const schema of [GENERIC_PROFILE, PROFILE_FILE]) expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
  });

  it('say of each quirk who says so, and of each field what it means', () => {
    for (const profile of profiles.others) expect(profile.quirks.length, profile.name).toBeGreaterThan(1);
    for (const [field, schema] of Object.entries(GENERIC_PROFILE.properties)) {
      expect('description' in schema && schema.description, field).toBeTruthy();
      if (field.endsWith('Seconds')) expect(schema, field).toMatchObject({ 'x-unit': 'seconds' });
    }
  });
});

describe('the codes from 512 on', () => {
  it.each([
    [' WAVECOM MODEM', ' MULTIBAND  900E  1800 ', 'CMS-515/wavecom', 'RETRY_SAME_SIM_LATER', true],
    ['SIMCOM_Ltd', 'SIMCOM_SIM800L', 'CMS-515/siemens', 'PERMANENT_OUR_PDU', true],
    ['SIEMENS', 'MC55', 'CMS-515/siemens', 'PERMANENT_OUR_PDU', true],
    ['Quectel', 'EC25', 'CMS-515', 'UNCERTAIN', false],
    ['huawei', 'E3372', 'CMS-515', 'UNCERTAIN', false],
    ['Nobody', 'X', 'CMS-515', 'UNCERTAIN', false],
  ])('D12: 515 of %s %s is %s, %s', (manufacturer, model, code, cls, surelyNotSent) => {
    const { vendorErrors } = matchProfile(profiles, manufacturer, model);
    expect(causeOf('CMS-515', vendorErrors)).toMatchObject({ code, class: cls, surelyNotSent });
  });
});

describe('a pattern', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['huawei', 'HUAWEI ', true],
    ['huawei', 'huawei2', false],
    ['*huawei*', 'the huawei co', true],
    ['E3372*', 'E3372h-153', true],
    ['E3372*', 'XE3372', false],
    ['*SIM800', 'SIMCOM_SIM800', true],
    ['*SIM800', 'SIM800L', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['*multiband 900*', '  MULTIBAND  900E  1800', true],
    ['.*', 'x', false],
  ])('%s and %s: %s', (pattern, answer, expected) => {
    expect(fits(pattern, answer)).toBe(expected);
  });

  it('takes no time to speak of, whatever a modem answers (X02)', () => {
    const pattern = `${'*a'.repeat(30)}*b`;
    const before = process.cpuUsage().user;
    expect(fits(pattern, 'a'.repeat(4096))).toBe(false);
    expect(process.cpuUsage().user - before).toBeLessThan(50_000);
  });
});

describe('a file that is not right', () => {
  const folders: string[] = [];
  const copy = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
    folders.push(folder);
    cpSync(profilesFolder(), folder, { recursive: true });
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it.each([
    ['no JSON', '{', '', /zte\.json is not used: .*JSON/],
    ['a list', '[]', '/', /zte\.json is not used/],
    ['a field with a typing error', { resetSecond: 5 }, '/resetSecond', /is no field of a profile/],
    ['a number out of range', { answerSeconds: 10 }, '/answerSeconds', /must be >= 60/],
    ['a field without its kind', { moreMessages: 'yes' }, '/moreMessages', /must be boolean/],
    ['a command that sends', { initialisation: ['AT+CMGS=10'] }, '/initialisation/0', /must match pattern/],
    ['a command that enters a PIN', { iccid: ['AT+CPIN=1234'] }, '/iccid/0', /must match pattern/],
    ['a command behind another', { pinRetries: 'AT+CPINR;+CMGD=1,4' }, '/pinRetries', /must match pattern/],
    ['a line end in a command', { initialisation: ['AT^CURC=0\rATD112;'] }, '/initialisation/0', /must match pattern/],
  ])('%s: it is named, with the field, and the others are used all the same', (_what, content, pointer, sentence) => {
    const folder = copy();
    const good: unknown = JSON.parse(readFileSync(join(folder, 'zte.json'), 'utf8'));
    const text = typeof content === 'string' ? content : JSON.stringify(Object.assign({}, good, content));
    writeFileSync(join(folder, 'zte.json'), text);
    const loaded = loadProfiles(folder);
    expect(loaded.faults).toHaveLength(1);
    const [fault] = loaded.faults;
    expect(fault).toBeInstanceOf(Fault);
    expect(fault?.code).toBe('configInvalid');
    expect(fault?.message).toMatch(sentence);
    if (pointer) expect(fault?.places.map((p) => p.pointer)).toContain(pointer);
    expect(loaded.profiles.others).toEqual(profiles.others.filter((p) => p.name !== 'zte'));
    expect(matchProfile(loaded.profiles, 'ZTE INCORPORATED', 'MF190').name).toBe('generic');
  });

  test('without generic.json nothing stands: it is said at once', () => {
    const folder = copy();
    rmSync(join(folder, 'generic.json'));
    expect(() => loadProfiles(folder)).toThrow(/generic\.json is not used/);
  });

  test('a generic.json that lacks a field is named with it', () => {
    const folder = copy();
    writeFileSync(join(folder, 'generic.json'), JSON.stringify({ title: 'abc', match: [] }));
    expect(() => loadProfiles(folder)).toThrow(/is missing/);
  });
});
