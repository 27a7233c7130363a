import { isSupportedCountry } from 'libphonenumber-js/min';
import { parseNetwork } from '../base/networks.ts';
import { readPrice } from '../base/price-list.ts';
import { PURPOSES } from '../base/purpose.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import { isTimeZone } from '../base/zone-offset.ts';
import { otpFlaws } from '../policy/otp-template.ts';
import { patternFlaw, phraseFlaw } from '../policy/text-pattern.ts';
import { parseListen } from './listen.ts';
import { didYouMean } from './nearest.ts';
import type { FormatName } from './option.ts';

/**
 * The checks of texts that a plain type cannot make. Each gives the end of the sentence `"Kyjiw" …`, or
 * undefined where the text is right.
 */
export const FORMATS: Readonly<Record<FormatName, (text: string) => string | undefined>> = {
  baseUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isPlain =
      url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '' && !text.endsWith('/');
    return isPlain && text.length <= 100
      ? undefined
      : 'is no address that links could begin with: write https:// and the name, and no "/" at the end, such as "https://s.clinic.example"';
  },

  country(text) {
    if (isSupportedCountry(text)) return undefined;
    const upper = text.toUpperCase();
    const meant = upper === 'UK' ? 'GB' : upper;
    const guess = isSupportedCountry(meant) ? `; did you mean "${meant}"?` : ', such as "UA"';
    return `is no country: write its two capital letters of ISO 3166${guess}`;
  },

  domain(text) {
    return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(text)
      ? undefined
      : 'is no domain: write it in small letters without https:// and without a path, such as "clinic.example"';
  },

  countryOrAny(text) {
    return text === '*' ? undefined : FORMATS.country(text);
  },

  date(text) {
    const exists = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
    return exists ? undefined : 'is no day: write a date that exists, in quotes, such as "2026-12-31"';
  },

  eventType(text) {
    if (text === '*' || EVENT_TYPES.includes(text) || FAMILIES.includes(text)) return undefined;
    const known = ['*', ...FAMILIES, ...EVENT_TYPES];
    return `is no event${didYouMean(text, known) || `: there are ${known.map((name) => `"${name}"`).join(', ')}`}`;
  },

  hostName(text) {
    const isName = text.length <= 253 && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(text);
    return isName
      ? undefined
      : 'is no name of a machine: write it in small letters without https:// and without a port, such as "sms.clinic.example"';
  },
  folder(text) {
    if (text === '') return 'is empty: name a folder';
    if (text.startsWith('~')) return 'starts with "~", which only a shell understands: write the whole path';
    return text.includes('\0') ? 'holds a zero character: write a plain path' : undefined;
  },

  fullNumber(text) {
    return /^\+[1-9]\d{6,14}$/.test(text)
      ? undefined
      : 'is no whole number: write it with +, the country code and digits alone, such as "+380501234567"';
  },

  iccid(text) {
    return ICCID.test(text) ? undefined : 'is no ICCID: write the 18 to 22 digits printed on the card, in quotes and without spaces';
  },

  imei(text) {
    return /^[0-9]{15}$/.test(text) ? undefined : 'is no IMEI: write its 15 digits, in quotes, as GET /v1/modems shows them';
  },

  listen(text) {
    if (parseListen(text)) return undefined;
    const port = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\*)?:?(\d{1,5})?\/?$/.exec(text);
    if (port && text !== '' && Number(port[1] ?? 0) <= 65_535) {
      return `is no address to listen on; did you mean "127.0.0.1:${port[1] ?? 8025}"?`;
    }
    return 'is no address to listen on: write an IP address and a port, such as "127.0.0.1:8025" or "[::1]:8025"';
  },

  mailAddress(text) {
    return /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,255}$/.test(text)
      ? undefined
      : 'is no e-mail address: write one such as "admin@clinic.example"';
  },

  money(text) {
    return readPrice(text)?.prefix === '' ? undefined : 'is no amount: write it with a point and the currency, such as "300 UAH"';
  },

  name(text) {
    if (text === '') return 'is empty: write a name, or leave the line out';
    if (text !== text.trim()) return 'begins or ends with a space: take it away';
    if ([...text].length > 60) return 'is longer than 60 characters: write a shorter name';
    return /\p{Cc}/u.test(text) ? 'holds a control character: write plain text' : undefined;
  },

  network(text) {
    return parseNetwork(text) ? undefined : 'is no network: write an address, or a network such as "192.168.1.0/24"';
  },

  phrase(text) {
    return phraseFlaw(text);
  },

  replyText(text) {
    if (text.trim() === '') return 'is empty: say something, or leave the line out';
    return text.length > LONGEST_REPLY ? `is longer than ${LONGEST_REPLY} characters: shorten it` : undefined;
  },

  tag(text) {
    return TOPIC.test(text) ? undefined : 'is no tag: write one word of letters, digits, ".", "-" or "_", at most 40 of them';
  },

  textPattern(text) {
    return patternFlaw(text);
  },

  otpText(text) {
    const [flaw] = otpFlaws(text);
    return flaw;
  },

  phone(text) {
    return /^\+[1-9]\d{6,14}$/.test(text) ? undefined : 'is no number: write it with + and the country code, such as "+380501234567"';
  },

  pin(text) {
    return /^[0-9]{4,8}$/.test(text) ? undefined : 'is no PIN: a PIN has 4 to 8 digits';
  },

  port(text) {
    if (/^\/[^\0]+$/.test(text) || isTcpPort(text)) return undefined;
    if (text.startsWith('sim://')) {
      return 'is a virtual modem, which only "simpost demo" has: run "simpost simulate --modems 1 --tcp 7001" and write "tcp://127.0.0.1:7001"';
    }
    if (/^tty\w+$/.test(text)) return `is no port; did you mean "/dev/${text}"?`;
    if (isTcpPort(`tcp://${text}`)) return `is no port; did you mean "tcp://${text}"?`;
    return 'is no port: write a device such as "/dev/serial/by-id/…", or "tcp://host:port" for one behind ser2net';
  },

  prefix(text) {
    return /^\+[1-9]\d{0,14}$/.test(text)
      ? undefined
      : 'is no beginning of a number: write it with + and the country code, such as "+38067"';
  },

  price(text) {
    if (readPrice(text)) return undefined;
    const comma = readPrice(text.replace(',', '.'));
    return comma
      ? `is no price; did you mean ${JSON.stringify(text.replace(',', '.'))}?`
      : 'is no price: write how the numbers begin, the price of a segment and the currency, such as "+380 0.65 UAH", or "2.10 UAH" for all others';
  },

  timeOfDay(text) {
    return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? undefined : 'is no time of day: write hours and minutes, such as "09:00"';
  },

  timeZone(text) {
    if (isTimeZone(text)) return undefined;
    // Node 20 lists Kyiv by its older name only.
    const zones = ['Europe/Kyiv', ...Intl.supportedValuesOf('timeZone')];
    const city = zones.find((zone) => zone.toLowerCase().endsWith(`/${text.toLowerCase().replaceAll(' ', '_')}`));
    const guess = city === undefined ? didYouMean(text, zones) || ', such as "Europe/Kyiv"' : `; did you mean "${city}"?`;
    const offset = /^(?:UTC|GMT)?[+-]\d/i.test(text) ? ', which also knows summer time' : '';
    return `is no time zone: write a name of the IANA zone database${guess}${offset}`;
  },

  url(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
      return 'is no address: write a whole one, such as "http://127.0.0.1:9000/sms"';
    // fetch refuses such an address, and it would show the password in every log line about the webhook.
    return url.username === '' && url.password === ''
      ? undefined
      : 'holds a user name or password: take it out, requests are signed instead';
  },

  purpose(text) {
    const known: readonly string[] = PURPOSES;
    return known.includes(text) ? undefined : `is no purpose: there are ${PURPOSES.map((purpose) => `"${purpose}"`).join(', ')}`;
  },

  quietDay(text) {
    if (QUIET_DAYS.includes(text)) return undefined;
    return `is no day${didYouMean(text, QUIET_DAYS) || ': there are "monday" to "sunday", and "holiday"'}`;
  },

  usbPath(text) {
    if (/^\d{1,3}-\d{1,3}(?:\.\d{1,3})*(?::\d{1,3}(?:\.\d{1,3})?)?$/.test(text) || /^[a-z][\w.:-]*-usb(?:v\d)?-[\w.:-]+$/.test(text))
      return undefined;
    return text.startsWith('/')
      ? 'is no USB socket: write a device as port'
      : 'is no USB socket: write it as GET /v1/modems shows it, such as "1-1.4"';
  },

  webhookSecret(text) {
    const base64 = text.startsWith('whsec_') ? text.slice('whsec_'.length) : '';
    const octets = Buffer.from(base64, 'base64');
    if (octets.toString('base64') === base64 && octets.length >= 24 && octets.length <= 64) return undefined;
    return 'is no webhook secret: write whsec_ and the base64 of 24 to 64 random octets, as echo "whsec_$(openssl rand -base64 32)" makes them';
  },
};

/** UTF-16 units of an answer: what is longer is no text any more. */
export const LONGEST_REPLY = 600;

/** 18 to 22 digits (ITU-T E.118: at most 19, but cards with a padded or longer number exist). The check digit is not asked for. */
const ICCID = /^[0-9]{18,22}$/;

/** Whether a text could be an ICCID, so that no SIM may be *named* like one. */
export function looksLikeIccid(text: string): boolean {
  return ICCID.test(text);
}

const QUIET_DAYS: readonly string[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'holiday'];

/** What a webhook can be told of; a test holds this against what the API tells. */
const EVENT_TYPES: readonly string[] = Object.entries({
  message: [
    ...['accepted', 'held', 'queued', 'sending', 'sent', 'delivered', 'undelivered'],
    ...['refused', 'failed', 'expired', 'cancelled', 'uncertain'],
  ],
  inbound: ['received', 'matched'],
  call: ['missed'],
  occasion: ['booked', 'confirmed', 'cancelled', 'moveAsked', 'moved', 'rated', 'unclear', 'came', 'didNotCome', 'slotTaken'],
  dialogue: ['moved', 'ended'],
  campaign: ['started', 'paused', 'stopped', 'resumed', 'cancelled', 'finished'],
  sim: ['balanceLow', 'attention', 'barred', 'silent', 'restored'],
  backup: ['failed'],
  store: ['restored'],
  limits: ['adjacentNumbers'],
  replies: ['many'],
  alert: ['raised', 'over'],
}).flatMap(([family, types]) => types.map((type) => `${family}.${type}`));

const FAMILIES: readonly string[] = [...new Set(EVENT_TYPES.map((type) => type.replace(/\..*/, '.*')))];
/** What a webhook can be told of; a test holds this against what the store writes. */

function isTcpPort(text: string): boolean {
  const match = /^tcp:\/\/(?:\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[1] ?? 0);
  return port >= 1 && port <= 65_535;
}

/** The time zone that the machine is set to; `UTC` where it is set to none. */
export function systemTimeZone(): string {
  const zone = new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  return isTimeZone(zone) ? zone : 'UTC';
}
