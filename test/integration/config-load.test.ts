import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/base/fault.ts';
import { describeCheck } from '../../src/config/describe.ts';
import { discovers } from '../../src/config/discovers.ts';
import { environmentName } from '../../src/config/environment.ts';
import { checkConfig, loadConfig, readConfig } from '../../src/config/load.ts';
import { leaves } from '../../src/config/option.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { faultOf, inFolder, linesOf, loadText } from '../support/config-text.ts';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const CLINIC = `[site]
name = "Клініка"
country = "UA"
timeZone = "Europe/Kyiv"
[http]
listen = "127.0.0.1:8025"
[store]
path = "/var/lib/simpost"
[[modem]]
port = "/dev/serial/by-id/usb-HUAWEI_HUAWEI_Mobile-if00-port0"
[[modem]]
port = "tcp://10.0.0.5:7001"
name = "in the attic"
baudRate = 9600
[[sim]]
iccid = "89380062300012345678"
name = "front desk"
pinFile = "pin"
[[webhook]]
url = "http://127.0.0.1:9000/sms"
secretFile = "hook/secret"
events = ["message.*", "inbound.received"]
[[webhook]]
url = "http://127.0.0.1:9001/sms"
secret = "${SECRET}"
`;

/** A clinic's folder with its file and its secrets. */
function inClinic<T>(toml: string, fn: (file: string, folder: string) => T): T {
  return inFolder((folder) => {
    mkdirSync(join(folder, 'hook'));
    writeFileSync(join(folder, 'hook/secret'), `${OTHER_SECRET}\n`);
    writeFileSync(join(folder, 'pin'), '1234\r\n');
    writeFileSync(join(folder, 'simpost.toml'), toml);
    return fn(join(folder, 'simpost.toml'), folder);
  });
}

describe('a whole configuration', () => {
  test('comes out typed, with defaults and secrets in their places', () => {
    const config = inClinic(CLINIC, (file) => loadConfig(file, {}));
    expect(config).toEqual({
      site: { name: 'Клініка', country: 'UA', timeZone: 'Europe/Kyiv' },
      time: { trust: 'auto' },
      missed: { after: 3600, otp: 'drop', urgent: 'send', service: 'list', promotional: 'list' },
      http: { listen: '127.0.0.1:8025', insecureLan: false, setupListen: '0.0.0.0:8443', hosts: [] },
      backup: { every: 86_400, keep: 7 },
      retention: { text: { otp: 86_400, urgent: 2_592_000, service: 2_592_000, promotional: 2_592_000, inbound: 2_592_000 } },
      store: { path: '/var/lib/simpost' },
      messages: {
        maxSegments: 10,
        validFor: { otp: 300, urgent: 86_400, service: 86_400, promotional: 86_400 },
        quota: { otp: 60, urgent: 60 },
      },
      otpTemplate: [],
      lint: { shouting: 'advise', threat: 'advise', senderName: 'advise', wayOut: 'advise', confirmation: 'advise', names: [] },
      policy: { profile: 'standard', consent: true, countries: [], reminderLead: 10_800, spread: 600 },
      quietHours: [],
      holidays: { dates: [] },
      caps: { promotionalPer7Days: 1, allPerDay: 5 },
      limits: {
        requestsPerSecond: 100,
        connections: 500,
        batchesAtOnce: 8,
        recipientPerHour: 5,
        recipientPerDay: 20,
        otpPerTenMinutes: 3,
        adjacentNumbers: 10,
      },
      queue: { softLimit: 10_000, hardLimit: 1_000_000 },
      delivery: {
        answerLimit: 130,
        refuseCopies: false,
        uncertain: { otp: 'resend', urgent: 'resend', service: 'resend', promotional: 'hold' },
        uncertainAfter: { otp: 30, urgent: 120, service: 900, promotional: 900 },
      },
      calls: { hangUpAfter: 0 },
      balance: { every: 0 },
      modems: { adapters: false, usbHelper: '/run/simpost-usb.sock', transmissionsPerHub: 0 },
      modem: [
        { port: '/dev/serial/by-id/usb-HUAWEI_HUAWEI_Mobile-if00-port0', baudRate: 115_200 },
        { port: 'tcp://10.0.0.5:7001', name: 'in the attic', baudRate: 9600 },
      ],
      simChoice: { patience: 60 },
      simDefaults: {
        perMinute: 10,
        perHour: 100,
        perDay: 0,
        perMonth: 0,
        uniquePerDay: 200,
        uniquePerMonth: 0,
        resetDay: 1,
        offerGapMin: 5,
        offerGapMax: 20,
        package: 0,
        packagePrefixes: [],
        topUpDays: 0,
        paidDays: 0,
        warmUpDays: 0,
        prices: [],
      },
      sim: [
        {
          iccid: '89380062300012345678',
          name: 'front desk',
          pin: '1234',
          roaming: false,
          missedCallOptsOut: false,
          balanceBelow: 0,
          enabled: true,
          purposes: ['otp', 'urgent', 'service', 'promotional'],
          weight: 1,
          prefixes: [],
          preferredPrefixes: [],
          packagePrefixes: [],
          prices: [],
        },
      ],
      webhook: [
        { url: 'http://127.0.0.1:9000/sms', secret: OTHER_SECRET, events: ['message.*', 'inbound.received'] },
        { url: 'http://127.0.0.1:9001/sms', secret: SECRET, events: ['*'] },
      ],
      log: { level: 'info' },
      alarm: { perHour: 10, words: [] },
      alerts: {
        mailTo: [],
        phones: [],
        quiet: 900,
        smtp: { host: '127.0.0.1', port: 587, security: 'starttls' },
        textsPerDay: 5,
      },
      away: {},
      morning: { at: '08:30' },
      openingHours: [],
      public: {},
      rule: [],
      webhooks: { allow: [] },
    });
  });

  test.each([
    ['Windows line ends', CLINIC.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${CLINIC}`],
    ['both', `\uFEFF${CLINIC.replaceAll('\n', '\r\n')}`],
  ])('is the same with %s', (_, toml) => {
    expect(inClinic(toml, (file) => loadConfig(file, {}))).toEqual(inClinic(CLINIC, (file) => loadConfig(file, {})));
    const fault = inClinic(`${toml}\nx = 1`, (file) => faultOf(() => loadConfig(file, {})));
    expect(linesOf(fault)).toEqual(['webhook[1].x: line 27: is no option: take it away']);
  });

  test.each(['', '\n', '\uFEFF', '# nothing\n'])('may be empty: %j is the defaults', (toml) => {
    const config = loadText(toml);
    expect(config.site.name).toBe('Simpost');
    expect(config.store.path).toBe('/var/lib/simpost');
    expect(config.modem).toEqual([]);
  });

  test('counts a path that is not absolute from the folder of the file, or of the process', () => {
    inClinic('[store]\npath = "data"\n', (file, folder) => {
      expect(loadConfig(file, {}).store.path).toBe(join(folder, 'data'));
      expect(loadConfig(file, { SIMPOST_STORE_PATH: 'data' }).store.path).toBe(join(process.cwd(), 'data'));
    });
  });
});

test('all mistakes come at once, in the order of the file, each with its line and what to do', () => {
  const fault = faultOf(() =>
    loadText(
      `timeZone = "Europe/Kyiv"
[site]
name = "К"
time_zone = "Europe/Kyiv"
timeZone = "Europe/Kyjv"
[http]
listen = "0.0.0.0:80"
[log]
level = "wran"
[messages]
maxSegments = "3"
validFor.otp = 0
[[modems]]
[[modem]]
port = "ttyUSB0"
[[modem]]
prot = "/dev/ttyUSB1"
[[modem]]
port = "/dev/ttyUSB2"
[[modem]]
port = "/dev/ttyUSB2"
[[sim]]
iccid = 89380062300012345678
[[sim]]
iccid = "8938006230001234567"
name = "89380062300012345679"
pin = 1234
[[sim]]
iccid = "8938006230001234567"
[[webhook]]
url = "http://me:hunter2@example.org/"
events = ["mesage.*"]
secret = "whsec_topsecret"
[[webhook]]
url = "http://a/"
secretFile = "nix"
secret = "whsec_topsecret"
[[webhook]]
[store]
path = "~/simpost"
`,
      {
        SIMPOST_SITE_NAM: 'x',
        SIMPOST_SIM_PIN_FILE: '/x',
        SIMPOST_DELIVERY_ANSWER_LIMIT: '1.5',
        SIMPOST_HTTP_INSECURE_LAN: 'yes',
        SIMPOST_LOG_LEVEL_FILE: '/nowhere/level',
        SIMPOST_STORE_PATH: undefined,
      },
    ),
  );
  expect(fault.code).toBe('configInvalid');
  expect(fault.message).toMatch(/^There are 28 mistakes in \/.*\/simpost\.toml and the environment; correct them and try again\.$/);
  expect(linesOf(fault)).toEqual([
    'timeZone: line 1: is no option; it belongs into [site]',
    'site.time_zone: line 4: is no option; did you mean "timeZone"?',
    'site.timeZone: line 5: "Europe/Kyjv" is no time zone: write a name of the IANA zone database; did you mean "Europe/Kyiv"?',
    'http.listen: line 7: "0.0.0.0:80" is refused, because other machines could reach it, and API keys and texts would cross the network unencrypted: listen on 127.0.0.1, have `simpost tls init` make a certificate, or set http.insecureLan = true if you trust that network whole',
    'log.level: line 9: "wran" must be "trace", "debug", "info", "warn", "error" or "silent"; did you mean "warn"?',
    'messages.maxSegments: line 11: "3" must be a whole number without quotes, such as 10',
    'messages.validFor.otp: line 12: 0 must be 1 to 38102400 s',
    'modems: line 13: is one table for all; did you mean [[modem]]?',
    'modem[0].port: line 15: "ttyUSB0" is no port; did you mean "/dev/ttyUSB0"?',
    'modem[1]: line 16: does not say which modem it is: write its port, imei or usbPath, or take it away and set discover = true in [modems]',
    'modem[1].prot: line 17: is no option; did you mean "port"?',
    'modem[3].port: line 21: "/dev/ttyUSB2" stands in modem[2].port already: two modems cannot share a port',
    'sim[0].iccid: line 23: 89380062300012345678 must be a text in quotes, such as "89380062300012345678"',
    'sim[1].name: line 26: "89380062300012345679" looks like an ICCID: choose a name with a letter in it',
    'sim[1].pin: line 27: the value must be a text in quotes',
    'sim[2].iccid: line 29: "8938006230001234567" stands in sim[1].iccid already: describe each SIM once',
    'webhook[0].url: line 31: "http://(secret)@example.org/" holds a user name or password: take it out, requests are signed instead',
    'webhook[0].events[0]: line 32: "mesage.*" is no event; did you mean "message.*"?',
    'webhook[0].secret: line 33: the value is no webhook secret: write whsec_ and the base64 of 24 to 64 random octets, as echo "whsec_$(openssl rand -base64 32)" makes them',
    'webhook[1].secretFile: line 36: and secret are both written: take one of the two away',
    'webhook[2].url: line 38: is missing: every [[webhook]] needs url',
    'webhook[2].secret: line 38: is missing: every [[webhook]] needs secretFile, a file that holds it, or secret',
    'store.path: line 40: "~/simpost" starts with "~", which only a shell understands: write the whole path',
    'SIMPOST_SITE_NAM: is no option; did you mean "SIMPOST_SITE_NAME"?',
    'SIMPOST_SIM_PIN_FILE: sim.pin can be set in the file only, in [[sim]]',
    'SIMPOST_LOG_LEVEL_FILE: the file /nowhere/level is not there',
    'http.insecureLan: environment SIMPOST_HTTP_INSECURE_LAN: "yes" must be true or false, without quotes',
    'delivery.answerLimit: environment SIMPOST_DELIVERY_ANSWER_LIMIT: "1.5" must be a whole number without quotes, such as 130',
  ]);
});

test.each([
  ['a = abc', 'TOML: line 1, column 5: a text stands in quotes: a = "value"'],
  ['[site]\nname = "x', 'TOML: line 2, column 8: a quote is opened and not closed on this line'],
  ['[site]\nname = "x"\n[site]', 'TOML: line 3, column 2: [site] is there already: put all its lines below the first one'],
  ['[sim]\n[[sim]]', 'TOML: line 2, column 3: [sim] and [[sim]] are mixed: write [[sim]] each time'],
  ['[[sim]]\n[sim]', 'TOML: line 2, column 2: [sim] and [[sim]] are mixed: write [[sim]] each time'],
  ['[site\nname = "x"', 'TOML: line 1, column 6: a heading stands in brackets on a line of its own, such as [site] or [[modem]]'],
  ['[site]\nname: "x"', 'TOML: line 2, column 5: a line reads name = "value", with = and not with a colon'],
  [
    '{"site": {"name": "x"}}',
    'TOML: line 1, column 1: this looks like JSON; here a table begins with [site] and a line reads name = "value"',
  ],
  ['[site]\nname = “x”', 'TOML: line 2, column 8: these quotes are curly or angled: write straight ones, such as name = "Клініка"'],
  ['[site]\nname = "a"\nname = "b"', 'TOML: line 3, column 1: name is written twice in this table: take one of the two away'],
  ['[site]\nname =', 'TOML: line 2, column 7: there is no value after name =; take the line away, or give it one'],
  ['[http]\ninsecureLan = yes', 'TOML: line 2, column 15: write insecureLan = true, in small letters and without quotes'],
  ['[http]\ninsecureLan = False', 'TOML: line 2, column 15: write insecureLan = false, in small letters and without quotes'],
  ['[http]\nlisten = 127.0.0.1:8025', 'TOML: line 2, column 15: a text stands in quotes: listen = "value"'],
  ['[site]\nname = "a" country = "UA"', 'TOML: line 2, column 12: each option stands on a line of its own'],
  [
    '[store]\npath = "C:\\Users"',
    "TOML: line 2, column 13: a backslash in double quotes begins a special character: write it twice, or use single quotes: 'C:\\folder'",
  ],
])('what is no TOML is shown by line and column: %j', (toml, line) => {
  const fault = faultOf(() => loadText(toml, { SIMPOST_LOGLEVEL: 'info' }));
  expect(linesOf(fault)).toEqual([line, 'SIMPOST_LOGLEVEL: is no option; did you mean "SIMPOST_LOG_LEVEL"?']);
});

test.each([
  ['[modem]\nport = "/dev/x"', 'modem: line 1: must be an array of tables: write [[modem]], in two brackets, once for each'],
  ['[[site]]\nname = "x"', 'site: line 1: must be a table: write [site], in one bracket, once'],
  [
    'modem = ["/dev/x"]\nsite.country = "UA"',
    'modem[0]: line 1: must be an array of tables: write [[modem]], in two brackets, once for each',
  ],
  ['site = 1', 'site: line 1: must be a table: write [site], in one bracket, once'],
  ['[site]\nname = 1979-05-27', 'site.name: line 2: a date must be a text in quotes, such as "Клініка"'],
  ['site = 1979-05-27', 'site: line 1: must be a table: write [site], in one bracket, once'],
  ['[messages]\nmaxSegments = nan', 'messages.maxSegments: line 2: NaN must be a whole number without quotes, such as 10'],
  ['__proto__.x = 1', '__proto__: line 1: is no option: take it away'],
  ['[site]\nconstructor = 1', 'site.constructor: line 2: is no option: take it away'],
  ['[site]\n"na me" = 1', 'site."na me": line 2: is no option; did you mean "name"?'],
  ['[http]\nport = 8080', 'http.port: line 2: is no option: address and port stand in one line: [http] listen = "127.0.0.1:8025"'],
  ['[server]\nport = 8080', 'server: line 1: is no option: the API is set in [http]: listen = "127.0.0.1:8025"'],
  ['[[modem]]\nport = "/dev/x"\nbaud = 9600', 'modem[0].baud: line 3: is no option: the speed is set by baudRate = 115200'],
  ['[[modem]]\nport = "/dev/x"\npin = "1"', 'modem[0].pin: line 3: is no option; it belongs into [[sim]]'],
])('a wrong shape is named: %j', (toml, line) => {
  expect(linesOf(faultOf(() => loadText(toml)))).toEqual([line]);
});

describe('the file', () => {
  test('that --config names must be there', () => {
    inFolder((folder) => {
      const file = join(folder, 'none.toml');
      const fault = faultOf(() => loadConfig(file, {}));
      expect(fault.message).toBe(
        `There is no configuration file at ${file}; write one with "simpost config print --defaults > ${file}", or name another with --config.`,
      );
    });
  });

  test('is looked for in one place when nobody names it, and may be missing there', () => {
    inFolder((folder) => {
      const file = join(folder, 'simpost.toml');
      expect(readConfig(undefined, {}, file)).toMatchObject({ file: null, config: { site: { name: 'Simpost' } } });
      writeFileSync(file, '[site]\nname = "found"\n');
      expect(readConfig(undefined, {}, file)).toMatchObject({ file, config: { site: { name: 'found' } } });
      writeFileSync(file, '[site]\nnaem = "found"\n');
      expect(linesOf(faultOf(() => readConfig(undefined, {}, file)))).toEqual(['site.naem: line 2: is no option; did you mean "name"?']);
    });
  });

  test('that is no text in UTF-8, or a folder, is refused', () => {
    const utf16 = Buffer.from(`\uFEFF${CLINIC}`, 'utf16le');
    expect(faultOf(() => loadText(utf16)).message).toMatch(/simpost\.toml is not UTF-8: save it as UTF-8\.$/);
    expect(faultOf(() => loadText(Buffer.from('name = "Кл"', 'latin1'))).code).toBe('configInvalid');
    inFolder((folder) => {
      expect(faultOf(() => loadConfig(folder, {})).message).toMatch(/is a folder, not a file\.$/);
      expect(faultOf(() => loadConfig(join(folder, 'a\0b'), {})).message).toMatch(/cannot be read \(ERR_INVALID_ARG_VALUE\)\.$/);
    });
  });

  test('is checked by config check, which gives the fault back', () => {
    inClinic(CLINIC, (file) => {
      expect(checkConfig(file, {})).toEqual(loadConfig(file, {}));
      const fault = checkConfig(file, { SIMPOST_LOG_LEVEL: 'loud' });
      expect(fault).toBeInstanceOf(Fault);
    });
  });
});

describe('the environment', () => {
  /** Options of which none stands alone. */
  const PAIRS = [
    { table: 'http', variables: { SIMPOST_HTTP_CERT_FILE: 'server.crt', SIMPOST_HTTP_KEY_FILE: 'server.key' } },
    { table: 'alarm', variables: { SIMPOST_ALARM_WORDS: 'біль' } },
    { table: 'public', variables: { SIMPOST_PUBLIC_LISTEN: '127.0.0.1:8026', SIMPOST_PUBLIC_BASE_URL: 'https://sms.clinic.example' } },
  ];

  test('goes before the file, each option by its name', () => {
    for (const { path, option, inList } of leaves(OPTIONS)) {
      if (inList) continue;
      const pair = PAIRS.find(({ table }) => table === path[0])?.variables ?? {};
      const config = loadText('[site]\nname = "file"\n[[openingHours]]\ndays = ["monday"]\nfrom = "09:00"\nto = "18:00"\n', {
        ...pair,
        [environmentName(path)]: String(option.example),
      });
      const value = path.reduce<unknown>(
        (table, key) => (typeof table === 'object' && table !== null ? Reflect.get(table, key) : undefined),
        config,
      );
      expect(value, environmentName(path)).toEqual(option.example);
    }
  });

  test('may name a file that holds the value', () => {
    inFolder((folder) => {
      writeFileSync(join(folder, 'name'), 'Гараж\n');
      const name = join(folder, 'name');
      expect(loadText('', { SIMPOST_SITE_NAME_FILE: name }).site.name).toBe('Гараж');
      const both = faultOf(() => loadText('', { SIMPOST_SITE_NAME_FILE: name, SIMPOST_SITE_NAME: 'x' }));
      expect(both.message).toBe('There is 1 mistake in the environment; correct it and try again.');
      expect(linesOf(both)).toEqual(['SIMPOST_SITE_NAME_FILE: SIMPOST_SITE_NAME sets the same option: take one of the two away']);
    });
  });

  test('leaves other variables, the key of the command line and the switches of the tests alone', () => {
    expect(loadText('', { PATH: '/bin', SIMPOST_TEST_FULL: '1', SIMPOST_API_KEY: 'x', MY_SIMPOST_X: '1' }).site.name).toBe('Simpost');
  });

  test('sets the country, which nothing guesses', () => {
    expect(loadText('').site.country).toBeUndefined();
    expect(loadText('', { SIMPOST_SITE_COUNTRY: 'PL' }).site.country).toBe('PL');
  });
});

test('a virtual modem is refused: only the demo has one', () => {
  expect(linesOf(faultOf(() => loadText('[[modem]]\nport = "sim://left"\n')))).toEqual([
    expect.stringMatching(/^modem\[0\]\.port: line 2: "sim:\/\/left" is a virtual modem, which only "simpost demo" has: run /),
  ]);
});

describe('a secret that every user of the machine may read', () => {
  test('is told, where it stands in a file of its own and where it stands in the configuration', () => {
    inClinic(CLINIC, (file, folder) => {
      chmodSync(join(folder, 'pin'), 0o600);
      chmodSync(join(folder, 'hook/secret'), 0o644);
      chmodSync(file, 0o644);
      expect(readConfig(file, {}).warnings).toEqual([
        expect.stringMatching(
          /^webhook\[0\]\.secretFile: \/.*\/hook\/secret holds a secret and every user of this machine may read it; chmod 640/,
        ),
        expect.stringMatching(/^webhook\[1\]\.secret: \/.*\/simpost\.toml holds a secret/),
      ]);
    });
  });

  test('and nothing is told when only the owner and the group may', () => {
    inClinic(CLINIC, (file, folder) => {
      for (const path of ['pin', 'hook/secret', 'simpost.toml']) chmodSync(join(folder, path), 0o640);
      expect(readConfig(file, {}).warnings).toEqual([]);
    });
  });
});

describe('config check', () => {
  test('names the file that it read', () => {
    inClinic(CLINIC, (file) => expect(describeCheck(file, {})).toMatch(new RegExp(`^${file} has no mistakes\\.\n`)));
  });

  test('says that no file was read when there is none', () => {
    inFolder((folder) => {
      const nowhere = join(folder, 'simpost.toml');
      expect(describeCheck(undefined, {}, nowhere)).toBe(
        `No configuration file was read: there is none at ${nowhere}, and --config names no other. The defaults and the environment have no mistakes.\nThere is no [[modem]]: those that are plugged in are found by themselves.\n`,
      );
    });
  });
});

describe('X12 an address that other machines reach', () => {
  test.each(['0.0.0.0:8025', '[::]:8025', '192.168.1.5:8025', '[fe80::1]:80'])('%s is refused unless insecureLan says so', (listen) => {
    const fault = faultOf(() => loadText('', { SIMPOST_HTTP_LISTEN: listen }));
    expect(linesOf(fault)).toEqual([expect.stringMatching(/^http\.listen: environment SIMPOST_HTTP_LISTEN: .*insecureLan = true/)]);
    expect(loadText(`[http]\nlisten = "${listen}"\ninsecureLan = true\n`).http.listen).toBe(listen);
  });

  test('is said by the check wherever it is so, and nowhere else', () => {
    const said = (http: string): string =>
      inFolder((folder) => {
        const file = join(folder, 'simpost.toml');
        writeFileSync(file, `[http]\n${http}\n`);
        return describeCheck(file, {});
      });
    expect(said('listen = "0.0.0.0:8025"\ninsecureLan = true')).toContain('API keys and texts cross the network in the clear');
    expect(said('insecureLan = true')).not.toContain('in the clear');
    expect(said('listen = "0.0.0.0:8025"\ninsecureLan = true\ncertFile = "c"\nkeyFile = "k"')).not.toContain('in the clear');
  });
});

test('X10 X24 whatever is mistyped, the fault is one of ours, has places, and shows no secret', () => {
  const runs = process.env.SIMPOST_TEST_FULL ? 10_000 : 1_000;
  const secretParts = [SECRET, OTHER_SECRET].flatMap((secret) => [secret.slice(6, 22), secret.slice(22)]);
  inClinic(CLINIC, (file) => {
    fc.assert(
      fc.property(
        fc.nat(CLINIC.length),
        fc.constantFrom('', '"', "'", '[', ']', '=', '\n', '\r', '#', '1', 'x', '{', '\\', '\0', '.'),
        fc.nat(2),
        (at, put, cut) => {
          writeFileSync(file, CLINIC.slice(0, at) + put + CLINIC.slice(at + cut));
          const result = checkConfig(file, {});
          if (!(result instanceof Fault)) return;
          expect(result.code).toBe('configInvalid');
          expect(result.places.length).toBeGreaterThan(0);
          for (const place of result.places) {
            expect(place.pointer).not.toBe('');
            expect(place.detail.length).toBeGreaterThan(10);
          }
          const told = `${result.message}\n${linesOf(result).join('\n')}`;
          for (const part of secretParts) expect(told).not.toContain(part);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('which modem a [[modem]] is', () => {
  test.each([
    [
      'imei = "86764801234567"',
      'modem[0].imei: line 2: "86764801234567" is no IMEI: write its 15 digits, in quotes, as GET /v1/modems shows them',
    ],
    ['usbPath = "/dev/ttyUSB0"', 'modem[0].usbPath: line 2: "/dev/ttyUSB0" is no USB socket: write a device as port'],
    [
      'port = "/dev/ttyUSB0"\nimei = "867648012345678"',
      'modem[0].imei: line 3: stands beside port, and each [[modem]] has one of them: take one away',
    ],
    [
      'name = "x"',
      'modem[0]: line 1: does not say which modem it is: write its port, imei or usbPath, or take it away and set discover = true in [modems]',
    ],
    [
      'discover = true\nport = "/dev/ttyUSB0"',
      'modem[0].discover: line 2: is no option: it is set for all modems in [modems]: discover = true',
    ],
    [
      'imei = "867648012345678"\n[[modem]]\nimei = "867648012345678"',
      'modem[1].imei: line 4: "867648012345678" stands in modem[0].imei already: describe each modem once',
    ],
  ])('a mistake is named: %s', (lines, sentence) => {
    expect(linesOf(faultOf(() => loadText(`[[modem]]\n${lines}\n`)))).toEqual([sentence]);
  });

  test('modems are found by themselves where none is named, and where it is asked for', () => {
    expect(discovers(loadText(''))).toBe(true);
    expect(discovers(loadText('[modems]\ndiscover = false\n'))).toBe(false);
    expect(discovers(loadText('[[modem]]\nimei = "867648012345678"\n'))).toBe(false);
    expect(discovers(loadText('[modems]\ndiscover = true\n[[modem]]\nusbPath = "1-1.4"\nname = "hub 2, port 5"\n'))).toBe(true);
    expect(discovers(loadText('', { SIMPOST_MODEMS_DISCOVER: 'false' }))).toBe(false);
  });
});

describe('prices', () => {
  test('come from the environment too, with commas between', () => {
    expect(loadText('', { SIMPOST_SIM_DEFAULTS_PRICES: '+380 0.65 UAH, 4.20 UAH' }).simDefaults.prices).toEqual([
      '+380 0.65 UAH',
      '4.20 UAH',
    ]);
  });

  test.each([
    ['["+380 0,65 UAH"]', 'simDefaults.prices[0]: line 2: "+380 0,65 UAH" is no price; did you mean "+380 0.65 UAH"?'],
    ['["+380 1 UAH", "+380 2 UAH"]', 'simDefaults.prices: line 2: has two prices for +380: leave one of them'],
    ['["1 UAH", "2 EUR"]', 'simDefaults.prices: line 2: has two prices for all other numbers: leave one of them'],
  ])('a mistake is named: %s', (prices, sentence) => {
    expect(linesOf(faultOf(() => loadText(`[simDefaults]\nprices = ${prices}\n`)))).toEqual([sentence]);
  });
});

test('a gap between offers that is turned round is named', () => {
  expect(linesOf(faultOf(() => loadText('[simDefaults]\nofferGapMin = 30\nofferGapMax = 20\n')))).toEqual([
    'simDefaults.offerGapMin: line 2: is more than offerGapMax, 20: turn them round',
  ]);
  expect(loadText('[simDefaults]\nofferGapMin = 30\nofferGapMax = 0\n').simDefaults.offerGapMax).toBe(0);
});

test('a secret that is none is told by the key that was written, and by the file that holds it', () => {
  const fault = inClinic(`${CLINIC}[[webhook]]\nurl = "http://127.0.0.1:9000/"\nsecretFile = "pin"\n`, (file) =>
    faultOf(() => loadConfig(file, {})),
  );
  expect(linesOf(fault)).toEqual([
    expect.stringMatching(/^webhook\[\d\]\.secretFile: line \d+: in \/.*\/pin, the value is no webhook secret: write whsec_/),
  ]);
});
