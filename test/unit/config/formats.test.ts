import { describe, expect, test } from 'vitest';
import { FORMATS, looksLikeIccid, systemTimeZone } from '../../../src/config/formats.ts';
import { isLoopback, parseListen } from '../../../src/config/listen.ts';
import { didYouMean, nearest } from '../../../src/config/nearest.ts';
import type { FormatName } from '../../../src/config/option.ts';

const octets = (n: number): string => `whsec_${Buffer.alloc(n, 0xa5).toString('base64')}`;

const CASES: Record<Exclude<FormatName, 'eventType'>, { good: string[]; bad: string[] }> = {
  country: { good: ['UA', 'PL', 'GB', 'KZ', 'US'], bad: ['', 'ua', 'UKR', 'UK', 'ZZ', '380', 'EU', 'Ukraine', '__proto__', 'constructor'] },
  domain: {
    good: ['clinic.example', 'a.b-c.example', 'xn--80ak6aa92e.com'],
    bad: ['', 'clinic', 'https://clinic.example', 'clinic.example/x', 'Clinic.example', '-a.example', 'a..example', 'a.example\n'],
  },
  baseUrl: {
    good: ['https://s.clinic.example', 'http://10.0.0.5:8026', 'https://clinic.example/s'],
    bad: ['', 's.clinic.example', 'https://s.clinic.example/', 'https://a:b@c.example', 'https://c.example?x=1', 'ftp://c.example'],
  },
  phrase: { good: ['ціна', 'price list', '24/7'], bad: ['', '?!', ' ', 'ab '.repeat(21), 'a'.repeat(201)] },
  textPattern: {
    good: ['ціна', '* ціна|прайс *', 'bike #', '? #', '#'],
    bad: ['', '*', '? *', 'a|', 'a||b', 'a-b', '(a+)+$', 'a '.repeat(21), 'a'.repeat(201)],
  },
  replyText: { good: ['{site}: так'], bad: ['', ' \n', 'a'.repeat(601)] },
  tag: { good: ['prices', 'ціни-2026'], bad: ['', 'two words', '-a', 'a'.repeat(41)] },
  fullNumber: { good: ['+380501234567', '+12025550123'], bad: ['', '0501234567', '+0501234567', '+380 50 123 45 67', '+3805012345678901'] },
  otpText: {
    good: ['{code} - код входу. Нікому його не кажіть.', '{code} is your code to pay at {site}, good for {minutes} min. Never share it.'],
    bad: [
      '',
      '{code}',
      'Code {code} to sign in',
      '{code} to sign in, tell no one. Visit us at clinic.example',
      '{name}, {code} to sign in: tell no one',
    ],
  },
  hostName: { good: ['sms', 'sms.clinic.example', 'box-1.local'], bad: ['', 'SMS', 'https://sms', 'sms:8025', '-x', 'a..b', 'a_b'] },
  folder: { good: ['/var/lib/simpost', 'data', './x y', '/дані'], bad: ['', '~/simpost', '~', 'a\0b'] },
  iccid: {
    good: ['893800623000123456', '8938006230001234567', '89380062300012345678', '8938006230001234567890'],
    bad: ['', '89380062300012345', '89380062300012345678901', '8938 0062 3000 1234 5678', '8938006230001234567F', '٨٩٣٨٠٠٦٢٣٠٠٠١٢٣٤٥٦٧'],
  },
  imei: { good: ['867648012345678'], bad: ['', '86764801234567', '8676480123456789', '86764801234567x', '867648-01234567'] },
  usbPath: {
    good: [
      '1-1',
      '1-1.4',
      '10-1.4.2.13',
      '1-1.4:0',
      '1-1.4:0.1',
      'pci-0000:00:14.0-usb-0:1.4',
      'platform-fd500000.pcie-pci-0000:01:00.0-usb-0:1.2:1.0-port0',
    ],
    bad: ['', '1', '1.4', 'hub 2, port 5', '/dev/ttyUSB0', '/dev/serial/by-path/pci-0000:00:14.0-usb-0:1', '1-1.4:', 'usb-0:1'],
  },
  listen: {
    good: ['127.0.0.1:8025', '[::1]:8025', 'localhost:0', '0.0.0.0:65535', '[2001:db8::1]:80', '192.168.1.5:8025', '[::ffff:127.0.0.1]:1'],
    bad: [
      '',
      '8025',
      ':8025',
      '127.0.0.1',
      '127.0.0.1:65536',
      '127.0.0.1:-1',
      '::1:8025',
      '[::1]',
      '[127.0.0.1]:80',
      '256.0.0.1:80',
      '127.1:80',
      'example.org:80',
      'http://127.0.0.1:80',
      ' 127.0.0.1:80',
      '127.0.0.1:80\n',
    ],
  },
  money: { good: ['300 UAH', '0.50 EUR'], bad: ['', '300', '300 uah', '+380 0.65 UAH', '0,5 UAH', '1e3 UAH'] },
  name: { good: ['Клініка', 'front desk', '1', '👩‍⚕️'.repeat(10)], bad: ['', ' x', 'x ', 'a\nb', 'a\u0007b', 'x'.repeat(61)] },
  pin: { good: ['0000', '12345678'], bad: ['', '123', '123456789', '12a4', '12 34', '1234\n'] },
  port: {
    good: [
      '/dev/ttyUSB0',
      '/dev/serial/by-id/usb-HUAWEI_HUAWEI_Mobile-if00-port0',
      'tcp://127.0.0.1:7001',
      'tcp://[::1]:7001',
      'tcp://modem-box.lan:7001',
    ],
    bad: [
      '',
      'ttyUSB0',
      'COM3',
      '/',
      'tcp://host',
      'tcp://host:0',
      'tcp://host:65536',
      'tcp://:7001',
      'sim://a',
      'sim://',
      'sim://a b',
      'http://host:80',
      './x',
      '/dev/\0',
    ],
  },
  mailAddress: {
    good: ['admin@clinic.example', 'a+b@x'],
    bad: ['', 'admin', 'admin@', '@clinic.example', 'a b@clinic.example', 'Olena <olena@clinic.example>', 'a@b,c@d', 'a@b\nBcc: c@d'],
  },
  phone: { good: ['+380501234567', '+12025550123'], bad: ['', '0501234567', '+0501234567', '+380 50', '+38050123456789012'] },
  network: {
    good: ['192.168.1.0/24', '10.0.0.7', 'fd00::/8', '::1'],
    bad: ['', 'clinic.example', '10.0.0.0/33', '10.0.0', '192.168.1.*', '10.0.0.0/08', ' 10.0.0.1'],
  },
  prefix: {
    good: ['+380', '+38067', '+1', '+123456789012345'],
    bad: ['', '+', '380', '067', '+0380', '+380 67', '+1234567890123456', '+38O'],
  },
  price: {
    good: ['+380 0.65 UAH', '4.20 UAH', '0 UAH', '+1 0.000001 USD', '+38067 999999.999999 UAH'],
    bad: [
      '',
      '0.65',
      '0,65 UAH',
      '+380 0.65 uah',
      '380 0.65 UAH',
      '+380 -1 UAH',
      '+380  0.65 UAH',
      '0.0000001 UAH',
      '1e3 UAH',
      '+380 .65 UAH',
    ],
  },
  purpose: { good: ['otp', 'urgent', 'service', 'promotional'], bad: ['', 'OTP', 'codes', 'constructor'] },
  countryOrAny: { good: ['UA', '*'], bad: ['', 'ua', '**', 'any', 'EU'] },
  date: { good: ['2026-12-31', '2028-02-29'], bad: ['', '2026-02-29', '31.12.2026', '2026-1-1', '2026-13-01', '2026-12-31T00:00'] },
  quietDay: { good: ['monday', 'sunday', 'holiday'], bad: ['', 'Monday', 'mon', 'holidays', '1', 'понеділок'] },
  timeOfDay: { good: ['00:00', '09:30', '23:59', '24:00'], bad: ['', '9:00', '24:01', '25:00', '09:60', '09:00:00', '9', '21'] },
  timeZone: {
    good: ['Europe/Kyiv', 'Europe/Kiev', 'UTC', 'Asia/Kathmandu', 'Etc/GMT-3'],
    bad: ['', 'Kyiv', '+03:00', '-02:00', 'Europe/Kiew', 'GMT+3', 'Europe/Kyiv ', 'constructor'],
  },
  url: {
    good: ['http://127.0.0.1:9000/sms', 'https://example.org', 'http://[::1]/', 'http://клініка.укр/sms?x=1'],
    bad: [
      '',
      'example.org',
      'ftp://example.org',
      'file:///etc/passwd',
      'http://',
      'http://user:pw@example.org/',
      'http://user@example.org/',
    ],
  },
  webhookSecret: {
    good: [octets(24), octets(32), octets(64)],
    bad: [
      '',
      'whsec_',
      octets(23),
      octets(65),
      octets(32).slice('whsec_'.length),
      octets(32).replace('=', ''),
      `${octets(24)} `,
      `${octets(24)}!`,
      octets(32).toUpperCase(),
    ],
  },
};

describe.each(Object.entries(CASES))('%s', (name, { good, bad }) => {
  const problem = (text: string): string | undefined => Object.entries(FORMATS).find(([format]) => format === name)?.[1](text);

  test.each(good)('takes %j', (text) => {
    expect(problem(text)).toBeUndefined();
  });

  test.each(bad)('refuses %j and says what to do', (text) => {
    expect(problem(text)).toMatch(/^(is|has|holds|begins|starts)\b.*(: |such as |; did you mean )/);
  });
});

test('every format is tried here', () => {
  expect(Object.keys(FORMATS).sort()).toEqual([...Object.keys(CASES), 'eventType'].sort());
});

test('guesses what was meant', () => {
  expect(FORMATS.country('uk')).toContain('did you mean "GB"?');
  expect(FORMATS.country('ua')).toContain('did you mean "UA"?');
  expect(FORMATS.timeZone('Europe/Kyjv')).toContain('did you mean "Europe/Kyiv"?');
  expect(FORMATS.timeZone('europe kyiv')).toContain('"Europe/Kyiv"');
  expect(nearest('time_zone', ['name', 'timeZone'])).toBe('timeZone');
  expect(nearest('naem', ['name', 'country'])).toBe('name');
  expect(nearest('brightness', ['name', 'country'])).toBeUndefined();
  expect(didYouMean('x', ['listen'])).toBe('');
});

test('the zone of the machine is one that the configuration takes', () => {
  expect(FORMATS.timeZone(systemTimeZone())).toBeUndefined();
});

test('X12 only loopback addresses count as this machine', () => {
  for (const host of ['127.0.0.1', '127.255.0.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost'])
    expect(isLoopback(host), host).toBe(true);
  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.5',
    '10.0.0.1',
    '169.254.1.1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '128.0.0.1',
    'example.org',
    '',
  ]) {
    expect(isLoopback(host), host).toBe(false);
  }
});

test('reads an address into what a server listens on', () => {
  expect(parseListen('[::1]:8025')).toEqual({ host: '::1', port: 8025 });
  expect(parseListen('127.0.0.1:0')).toEqual({ host: '127.0.0.1', port: 0 });
});

test('a name that could be an ICCID is told apart', () => {
  expect(looksLikeIccid('89380062300012345678')).toBe(true);
  expect(looksLikeIccid('front desk 1')).toBe(false);
});

test.each([
  ['listen', '8025', 'is no address to listen on; did you mean "127.0.0.1:8025"?'],
  ['listen', ':9000', 'is no address to listen on; did you mean "127.0.0.1:9000"?'],
  ['listen', 'http://localhost:9000/', 'is no address to listen on; did you mean "127.0.0.1:9000"?'],
  ['port', 'ttyUSB0', 'is no port; did you mean "/dev/ttyUSB0"?'],
  ['port', '192.168.1.20:2001', 'is no port; did you mean "tcp://192.168.1.20:2001"?'],
  ['timeZone', 'Kyiv', 'is no time zone: write a name of the IANA zone database; did you mean "Europe/Kyiv"?'],
  ['timeZone', 'new york', 'is no time zone: write a name of the IANA zone database; did you mean "America/New_York"?'],
  ['timeZone', 'GMT+2', 'is no time zone: write a name of the IANA zone database, such as "Europe/Kyiv", which also knows summer time'],
] as const)('%s %j is answered with what was meant', (format, text, sentence) => {
  expect(FORMATS[format](text)).toBe(sentence);
});
