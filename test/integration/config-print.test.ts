import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { describeConfig, describeOptions } from '../../src/config/describe.ts';
import { DEFAULT_CONFIG_FILE } from '../../src/config/file.ts';
import { loadConfig } from '../../src/config/load.ts';
import { isSecret, leaves } from '../../src/config/option.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { inFolder, loadText } from '../support/config-text.ts';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

test('config print tells each value and where it comes from, and no secret', () => {
  inFolder((folder) => {
    const file = join(folder, 'simpost.toml');
    writeFileSync(join(folder, 'hook'), SECRET);
    writeFileSync(
      file,
      `[site]
name = "Клініка \\"Усмішка\\""
country = "UA"
timeZone = "Europe/Kyiv"
[[otpTemplate]]
name = "card"
en = "{code} to collect your card. Tell no one."
[[modem]]
port = "/dev/ttyACM0"
name = "left"
[[sim]]
iccid = "89380062300012345678"
pin = "4711"
[[webhook]]
url = "http://127.0.0.1:9000/sms"
secretFile = "hook"
[[webhook]]
url = "http://127.0.0.1:9001/sms"
secret = "${SECRET}"
events = ["inbound.*", "message.sent"]
`,
    );
    const env = { SIMPOST_HTTP_LISTEN: '127.0.0.1:9999' };
    const text = describeConfig(file, env);
    expect(text.split('\n').map((line) => line.replace(/ +#/, ' #'))).toEqual(
      expect.arrayContaining([
        'name = "Клініка \\"Усмішка\\"" # line 2',
        'listen = "127.0.0.1:9999" # environment SIMPOST_HTTP_LISTEN',
        'insecureLan = false # default',
        'port = "/dev/ttyACM0" # line 9',
        'baudRate = 115200 # default',
        'pin = "(secret)" # line 13',
        '# name # not set',
        `secretFile = "${join(folder, 'hook')}" # line 16`,
        'secret = "(secret)" # line 19',
        'events = ["inbound.*", "message.sent"] # line 20',
      ]),
    );
    expect(text).toContain(`The file is ${file}`);
    expect(text).not.toContain('4711');
    expect(text).not.toContain(SECRET.slice(6));

    // It is TOML, and says what is in force.
    const { quietHours, openingHours, rule, ...config } = loadConfig(file, env);
    expect([quietHours, openingHours, rule], 'none are set, so none are printed').toEqual([[], [], []]);
    const [first, second] = config.webhook;
    expect(parse(text)).toEqual({
      ...config,
      sim: [
        {
          iccid: '89380062300012345678',
          pin: '(secret)',
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
        { url: first?.url, secretFile: join(folder, 'hook'), events: ['*'] },
        { ...second, secret: '(secret)' },
      ],
    });
  });
});

test('config print without a file says so and prints defaults that can be read again', () => {
  inFolder((folder) => {
    const text = describeConfig(undefined, { SIMPOST_SITE_NAME: 'x\u007f'.slice(0, 1) }, { defaultFile: join(folder, 'none.toml') });
    expect(text).toContain('There is no configuration file');
    expect(text).toMatch(/^name = "x" +# environment SIMPOST_SITE_NAME$/m);
    expect(loadText(text)).toEqual(loadText('', { SIMPOST_SITE_NAME: 'x' }));
  });
});

test('the manual has every option once and, as it is, means the defaults', () => {
  const manual = describeOptions();
  expect(loadText(manual)).toEqual(loadText(''));
  for (const { path, option } of leaves(OPTIONS)) {
    const key = path.at(-1) ?? '';
    const table = path.slice(0, -1).join('.');
    const section = manual.slice(manual.search(new RegExp(`^#?\\[+${table.replace('.', '\\.')}\\]`, 'm'))).split(/\n#?\[/)[0] ?? '';
    expect(section.match(new RegExp(`^#${isSecret(option) ? `${key}File` : key} = `, 'gm')), path.join('.')).toHaveLength(1);
    expect(manual.replaceAll(/\n# /g, ' ')).toContain(option.description.replaceAll('\n', ' '));
  }
  expect(manual).toContain(DEFAULT_CONFIG_FILE);
  expect(manual.split('\n').filter((line) => line.length > 101)).toEqual([]);
});

test('the manual with every # taken away, but for all but one of what excludes each other, is a configuration too', () => {
  inFolder((folder) => {
    mkdirSync(join(folder, 'etc'));
    writeFileSync(join(folder, 'etc/sim.pin'), '1234');
    for (const name of ['webhook.secret', 'webhook.previousSecret', 'alerts.password']) writeFileSync(join(folder, 'etc', name), SECRET);
    // With examples, since an alarm has no words that it could be left at.
    const all = describeOptions(true)
      .replaceAll(/^#(?!imei|usbPath|prefix =|pattern =)(?=\[|\w)/gm, '')
      .replaceAll('"/etc/simpost/', `"${folder}/etc/`);
    writeFileSync(join(folder, 'simpost.toml'), all);
    const config = loadConfig(join(folder, 'simpost.toml'), {});
    expect(config.modem).toHaveLength(1);
    expect(config.sim).toMatchObject([
      { iccid: '89380062300012345678', name: 'front desk', pin: '1234', balanceBelow: 20, perMonth: 5000 },
    ]);
    expect(config.webhook).toEqual([{ url: 'http://127.0.0.1:9000/sms', secret: SECRET, previousSecret: SECRET, events: ['*'] }]);
  });
});

test('simpost.example.toml is the manual with examples, and one may start from it', async () => {
  // To write it anew: npx vitest run -u test/integration/config-print.test.ts
  await expect(describeOptions(true)).toMatchFileSnapshot('../../simpost.example.toml');
  const config = loadText(describeOptions(true));
  expect(config).toMatchObject({
    site: { name: 'Клініка', country: 'UA', timeZone: 'Europe/Kyiv' },
    http: { listen: '127.0.0.1:8025', insecureLan: false },
    store: { path: '/var/lib/simpost' },
    modem: [],
  });
});
