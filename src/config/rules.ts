import { readPrice } from '../base/price-list.ts';
import { LANGUAGES } from '../policy/language.ts';
import { otpTemplates } from '../policy/otp-template.ts';
import { looksLikeIccid } from './formats.ts';
import { isLoopback, parseListen } from './listen.ts';
import type { Mistake } from './mistakes.ts';
import { type Path, pathText } from './option.ts';
import { OPTIONS } from './options.ts';
import { isValues, valueAt } from './values.ts';

const OTP_TEMPLATES = otpTemplates([]);

/**
 * What several options must agree on. It reads values that may be wrong each by itself, so that all mistakes come at
 * once, and keeps silent about what it cannot understand: the schema speaks of that.
 */
export function contradictions(values: unknown): Mistake[] {
  return [
    ...listenOnlyHere(values),
    ...certificateWhole(values),
    ...twice(values, 'modem', 'port', 'two modems cannot share a port'),
    ...twice(values, 'modem', 'imei', 'describe each modem once'),
    ...twice(values, 'modem', 'usbPath', 'describe each socket once'),
    ...exactlyOne(
      values,
      'modem',
      'does not say which modem it is: write its port, imei or usbPath, or take it away and set discover = true in [modems]',
    ),
    ...exactlyOne(values, 'rule', 'does not say which texts it is for: write its words, prefix or pattern'),
    ...rulesThatDoNothing(values),
    ...answersWithoutOccasion(values),
    ...publicWhole(values),
    ...emptyHours(values, 'openingHours'),
    ...twice(values, 'rule', 'name', 'give each rule a name of its own'),
    ...twice(values, 'modem', 'name', 'give each modem a name of its own'),
    ...twice(values, 'sim', 'iccid', 'describe each SIM once'),
    ...twice(values, 'sim', 'name', 'give each SIM a name of its own'),
    ...twice(values, 'otpTemplate', 'name', 'write all its languages there'),
    ...twice(values, 'webhook', 'url', 'name each address once and list all its events there'),
    ...templatesWithoutText(values),
    ...namesLikeNumbers(values),
    ...balanceTooOften(values),
    ...pricedTwice(values),
    ...gapsTurnedRound(values),
    ...emptyHours(values, 'quietHours'),
  ];
}

/** Without TLS, an address that others reach is a decision that someone must take (X12). */
function listenOnlyHere(values: unknown): Mistake[] {
  const listen = valueAt(values, ['http', 'listen']);
  const address = typeof listen === 'string' ? parseListen(listen) : undefined;
  if (!address || isLoopback(address.host) || valueAt(values, ['http', 'insecureLan']) === true || hasCertificate(values)) return [];
  const why = 'other machines could reach it, and API keys and texts would cross the network unencrypted';
  const what =
    'listen on 127.0.0.1, have `simpost tls init` make a certificate, or set http.insecureLan = true if you trust that network whole';
  return [{ path: ['http', 'listen'], sentence: `${JSON.stringify(listen)} is refused, because ${why}: ${what}` }];
}

const hasCertificate = (values: unknown): boolean => valueAt(values, ['http', 'certFile']) !== undefined;

function certificateWhole(values: unknown): Mistake[] {
  const hasKey = valueAt(values, ['http', 'keyFile']) !== undefined;
  if (hasKey === hasCertificate(values)) return [];
  const [here, there] = hasKey ? ['keyFile', 'certFile'] : ['certFile', 'keyFile'];
  return [{ path: ['http', here], sentence: `stands without ${there}: name both, or neither` }];
}

/** From nine to nine is nothing, or all day: nobody can tell. */
function emptyHours(values: unknown, table: 'quietHours' | 'openingHours'): Mistake[] {
  const items = valueAt(values, [table]);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, i) =>
    isValues(item) && item.from !== undefined && item.from === item.to
      ? [{ path: [table, i, 'to'], sentence: 'is the same as from: write "00:00" to "24:00" for the whole day' }]
      : [],
  );
}

/** A [[modem]] that named two things could be two modems; a [[rule]] says in one way what it is for. */
function exactlyOne(values: unknown, table: 'modem' | 'rule', none: string): Mistake[] {
  const items = valueAt(values, [table]);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, i) => {
    if (!isValues(item)) return [];
    const [first, second] = OPTIONS.options[table].exactlyOne.filter((key) => Object.hasOwn(item, key));
    if (first === undefined) return [{ path: [table, i], sentence: none }];
    if (second === undefined) return [];
    return [{ path: [table, i, second], sentence: `stands beside ${first}, and each [[${table}]] has one of them: take one away` }];
  });
}

/** A rule that does nothing is a mistake, and so is one that no text can fit. */
function rulesThatDoNothing(values: unknown): Mistake[] {
  const items = valueAt(values, ['rule']);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, i): Mistake[] => {
    if (!isValues(item)) return [];
    const idle = item.reply === undefined && item.tag === undefined && item.webhook !== true && item.notify !== true;
    const empty = Array.isArray(item.words) && item.words.length === 0;
    return [
      ...(idle ? [{ path: ['rule', i], sentence: 'does nothing: give it a reply, a tag, webhook = true or notify = true' }] : []),
      ...(empty ? [{ path: ['rule', i, 'words'], sentence: 'is empty: write the words that it is for' }] : []),
    ];
  });
}

/** Pages that nobody can be led to, or links to no page. */
function publicWhole(values: unknown): Mistake[] {
  const [listens, isLed] = (['listen', 'baseUrl'] as const).map((key) => valueAt(values, ['public', key]) !== undefined);
  if (listens === isLed) return [];
  const [here, there] = listens ? ['listen', 'baseUrl'] : ['baseUrl', 'listen'];
  return [{ path: ['public', here ?? ''], sentence: `stands without ${there}: write both, or neither` }];
}

/** An answer for closed hours needs hours; an alarm needs words. */
function answersWithoutOccasion(values: unknown): Mistake[] {
  const isThere = (...path: string[]): boolean => valueAt(values, path) !== undefined;
  const isFilled = (...path: string[]): boolean => {
    const list = valueAt(values, path);
    return Array.isArray(list) && list.length > 0;
  };
  const isAway = isThere('away', 'phone') && !isFilled('openingHours');
  const isMute = isThere('alarm', 'phone') && !isFilled('alarm', 'words');
  return [
    ...(isAway
      ? [
          {
            path: ['away', 'phone'],
            sentence: 'is set, and nothing says when you are open: write your [[openingHours]], or take it away',
            code: 'openingHoursMissing' as const,
          },
        ]
      : []),
    ...(isMute
      ? [
          {
            path: ['alarm', 'phone'],
            sentence: 'is set without words: write alarm.words, or take it away',
            code: 'alarmWordsMissing' as const,
          },
        ]
      : []),
  ];
}

function twice(values: unknown, table: string, key: string, advice: string): Mistake[] {
  const first = new Map<string, Path>();
  return texts(values, table, key).flatMap(({ path, text }) => {
    const before = first.get(text);
    if (before) return [{ path, sentence: `${JSON.stringify(text)} stands in ${pathText(before)} already: ${advice}` }];
    first.set(text, path);
    return [];
  });
}

/** A template that Simpost has may get a domain alone; another one needs a text. */
function templatesWithoutText(values: unknown): Mistake[] {
  return texts(values, 'otpTemplate', 'name').flatMap(({ path, text }) => {
    const table = valueAt(values, path.slice(0, -1));
    if (OTP_TEMPLATES.has(text) || (isValues(table) && LANGUAGES.some((language) => Object.hasOwn(table, language)))) return [];
    return [{ path, sentence: `${JSON.stringify(text)} has no text: write one in a language at least, such as uk = "…"` }];
  });
}

/** `sim` in a request is an ICCID or a name: one that is both would be either. */
function namesLikeNumbers(values: unknown): Mistake[] {
  return texts(values, 'sim', 'name')
    .filter(({ text }) => looksLikeIccid(text))
    .map(({ path, text }) => ({
      path,
      sentence: `${JSON.stringify(text)} looks like an ICCID: choose a name with a letter in it`,
    }));
}

/** Operators take who asks all the time for a fraudster. */
function balanceTooOften(values: unknown): Mistake[] {
  const every = valueAt(values, ['balance', 'every']);
  if (typeof every !== 'number' || !Number.isInteger(every) || every <= 0 || every >= 300) return [];
  return [{ path: ['balance', 'every'], sentence: `${every} s is too often for an operator: write 300 or more, or 0 for never` }];
}

/** 0 at most is none, whatever the least is. */
function gapsTurnedRound(values: unknown): Mistake[] {
  const sims = valueAt(values, ['sim']);
  const tables: Path[] = [['simDefaults'], ...(Array.isArray(sims) ? sims : []).map((_, i): Path => ['sim', i])];
  return tables.flatMap((table) => {
    const [least, most] = [valueAt(values, [...table, 'offerGapMin']), valueAt(values, [...table, 'offerGapMax'])];
    if (typeof least !== 'number' || typeof most !== 'number' || most === 0 || least <= most) return [];
    return [{ path: [...table, 'offerGapMin'], sentence: `is more than offerGapMax, ${most}: turn them round` }];
  });
}

/** Two prices for the same numbers: nobody could say which holds. */
function pricedTwice(values: unknown): Mistake[] {
  const sims = valueAt(values, ['sim']);
  const lists: Path[] = [['simDefaults', 'prices'], ...(Array.isArray(sims) ? sims : []).map((_, i): Path => ['sim', i, 'prices'])];
  return lists.flatMap((path) => {
    const prices = valueAt(values, path);
    const seen = new Set<string>();
    return (Array.isArray(prices) ? prices : []).flatMap((text) => {
      const price = typeof text === 'string' ? readPrice(text) : undefined;
      if (!price) return [];
      if (!seen.has(price.prefix)) {
        seen.add(price.prefix);
        return [];
      }
      const whom = price.prefix === '' ? 'all other numbers' : price.prefix;
      return [{ path, sentence: `has two prices for ${whom}: leave one of them` }];
    });
  });
}

function texts(values: unknown, table: string, key: string): { path: Path; text: string }[] {
  const items = valueAt(values, [table]);
  if (!Array.isArray(items)) return [];
  return items.flatMap((_, i) => {
    const path = [table, i, key];
    const text = valueAt(values, path);
    return typeof text === 'string' ? [{ path, text }] : [];
  });
}
