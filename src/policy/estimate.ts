/**
 * What a month of messages will cost, how many SIMs it needs and how long it takes, before anybody has sent one. A pure
 * function of the plan, the text, a price and the caps of the SIMs; it is rough where nobody can know better, and says where.
 */

export interface TextSize {
  readonly alphabet: 'gsm7' | 'ucs2';
  /** Septets of GSM 7-bit, or UTF-16 units. */
  readonly units: number;
  readonly segments: number;
}

/** Limits of one SIM; 0 is none. */
export interface SimLimits {
  readonly perMinute: number;
  readonly perHour: number;
  readonly perDay: number;
  readonly perMonth: number;
  readonly uniquePerDay: number;
  readonly uniquePerMonth: number;
}

export interface EstimateFacts {
  readonly recipients: number;
  /** To each of them in a month. */
  readonly sendsPerMonth: number;
  readonly text: TextSize;
  /** The same text in GSM 7-bit letters, where it can be written so. */
  readonly transliterated: TextSize | null;
  /** Of a hundred messages, how many are of each purpose. */
  readonly shares: Shares;
  /** Of a segment, millionths; null where it is not known. */
  readonly price: number | null;
  /** Segments of a month that are paid with the plans of the SIMs. */
  readonly packaged: number;
  /** In which messages go out each day. */
  readonly hoursPerDay: number;
  /** The SIMs that there are, and the caps of one more. */
  readonly sims: readonly (SimLimits & { readonly offers: boolean })[];
  readonly newSim: SimLimits;
}

export interface Shares {
  readonly otp: number;
  readonly service: number;
  readonly promotional: number;
}

export type SharePurpose = keyof Shares;

/** Millionths of a currency may be more than a plain number holds exactly. */
type Micros = bigint;

/** Another way to say it, with fewer segments. */
export interface Saving {
  readonly way: 'shorten' | 'transliterate';
  /** The most that the text may have, septets or UTF-16 units; for `transliterate` what it has then. */
  readonly units: number;
  readonly segments: number;
  readonly monthlySegments: number;
  /** Of a month; null where no price is known. */
  readonly amount: Micros | null;
  readonly saved: Micros | null;
}

export interface Estimate {
  readonly sends: number;
  readonly segments: number;
  readonly amount: Micros | null;
  readonly byPurpose: readonly { readonly purpose: SharePurpose; readonly sends: number; readonly segments: number }[];
  /** SIMs with the caps of a new one that carry it within a month. */
  readonly simsNeeded: number;
  /** Days that the SIMs there are take for a month's messages; null without any. More than 30 means that they do not keep up. */
  readonly daysNeeded: number | null;
  readonly savings: readonly Saving[];
}

const DAYS = 30;

/** What one modem brings onto the air in an hour, at four seconds for each segment. */
const RADIO_PER_HOUR = 900;

/** 3GPP TS 23.038: what one segment holds, and each of several (23.040, 9.2.3.24.1: six octets say which it is). */
const ONE = { gsm7: 160, ucs2: 70 } as const;
const EACH = { gsm7: 153, ucs2: 67 } as const;

/** How much longer Cyrillic becomes in Latin letters (щ is shch), about: for texts of which only the length is known. */
const LATIN_GROWTH = 1.1;

/** Segments for a text of this length. @param units septets of GSM 7-bit, or UTF-16 units */
export function textSize(alphabet: TextSize['alphabet'], units: number): TextSize {
  return { alphabet, units, segments: units <= ONE[alphabet] ? 1 : Math.ceil(units / EACH[alphabet]) };
}

/** What each of its segments holds. */
export const unitsOfEach = ({ alphabet, segments }: TextSize): number => (segments === 1 ? ONE : EACH)[alphabet];

/** About what a text of so many Cyrillic letters takes in Latin ones. */
export function transliteratedSize(letters: number): TextSize {
  return textSize('gsm7', Math.ceil(letters * LATIN_GROWTH));
}

export function estimate(facts: EstimateFacts): Estimate {
  const { recipients, sendsPerMonth, text, shares } = facts;
  const sends = recipients * sendsPerMonth;
  const [codes = 0, service = 0, offers = 0] = portions(sends, [shares.otp, shares.service, shares.promotional]);
  const segments = sends * text.segments;
  const amount = costOf(segments, facts);
  const of = (purpose: SharePurpose, count: number) => ({ purpose, sends: count, segments: count * text.segments });
  const month: Month = { sends, offers, segmentsEach: text.segments, recipients, offered: offers > 0 ? recipients : 0 };
  return {
    sends,
    segments,
    amount,
    byPurpose: [of('otp', codes), of('service', service), of('promotional', offers)],
    simsNeeded: simsNeeded(month, room(facts.newSim, facts.hoursPerDay, true)),
    daysNeeded:
      facts.sims.length === 0 ? null : daysNeeded(month, sumOf(facts.sims.map((sim) => room(sim, facts.hoursPerDay, sim.offers)))),
    savings: savings(facts, sends, amount),
  };
}

/** So many in whole portions of so many percent: what is left over goes to the portions that lack most. */
function portions(count: number, percent: readonly number[]): number[] {
  const exact = percent.map((share) => (count * share) / 100);
  const whole = exact.map(Math.floor);
  const byLack = exact.map((_, i) => i).sort((a, b) => (exact[b] ?? 0) - (whole[b] ?? 0) - ((exact[a] ?? 0) - (whole[a] ?? 0)));
  for (const i of byLack.slice(0, count - whole.reduce((sum, n) => sum + n, 0))) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}

function costOf(segments: number, { price, packaged }: EstimateFacts): Micros | null {
  return price === null ? null : BigInt(Math.max(0, segments - packaged)) * BigInt(price);
}

function savings(facts: EstimateFacts, sends: number, before: Micros | null): Saving[] {
  const { text, transliterated } = facts;
  const saving = (way: Saving['way'], units: number, segments: number): Saving => {
    const amount = costOf(sends * segments, facts);
    const saved = amount === null || before === null ? null : before - amount;
    return { way, units, segments, monthlySegments: sends * segments, amount, saved };
  };
  const shorter = Array.from({ length: text.segments - 1 }, (_, i) => text.segments - 1 - i).map((segments) =>
    saving('shorten', segments === 1 ? ONE[text.alphabet] : EACH[text.alphabet] * segments, segments),
  );
  const latin =
    transliterated && transliterated.segments < text.segments
      ? [saving('transliterate', transliterated.units, transliterated.segments)]
      : [];
  return [...latin, ...shorter];
}

/** What a month asks for. */
interface Month {
  readonly sends: number;
  readonly offers: number;
  readonly segmentsEach: number;
  readonly recipients: number;
  /** Those of them who get offers. */
  readonly offered: number;
}

/** What SIMs can carry: all, and how much of it offers, which get half of each cap. `Infinity` where nothing limits it. */
interface Room {
  readonly segmentsPerDay: Both;
  readonly segmentsPerMonth: Both;
  readonly recipientsPerDay: Both;
  readonly recipientsPerMonth: Both;
}

interface Both {
  readonly all: number;
  readonly offers: number;
}

function room(sim: SimLimits, hoursPerDay: number, mayOffer: boolean): Room {
  const half = (limit: number): number => Math.max(1, Math.floor(limit / 2));
  const cap = (limit: number, times: number): Both =>
    limit === 0 ? { all: Number.POSITIVE_INFINITY, offers: Number.POSITIVE_INFINITY } : { all: limit * times, offers: half(limit) * times };
  const least = (...limits: readonly Both[]): Both => ({
    all: Math.min(...limits.map(({ all }) => all)),
    offers: mayOffer ? Math.min(...limits.map(({ offers }) => offers)) : 0,
  });
  const radio = { all: RADIO_PER_HOUR * hoursPerDay, offers: RADIO_PER_HOUR * hoursPerDay };
  const segmentsPerDay = least(cap(sim.perMinute, 60 * hoursPerDay), cap(sim.perHour, hoursPerDay), cap(sim.perDay, 1), radio);
  return {
    segmentsPerDay,
    segmentsPerMonth: least(cap(sim.perMonth, 1)),
    recipientsPerDay: least(cap(sim.uniquePerDay, 1)),
    recipientsPerMonth: least(cap(sim.uniquePerMonth, 1)),
  };
}

function sumOf(rooms: readonly Room[]): Room {
  const sum = (part: keyof Room): Both => ({
    all: rooms.reduce((total, one) => total + one[part].all, 0),
    offers: rooms.reduce((total, one) => total + one[part].offers, 0),
  });
  return {
    segmentsPerDay: sum('segmentsPerDay'),
    segmentsPerMonth: sum('segmentsPerMonth'),
    recipientsPerDay: sum('recipientsPerDay'),
    recipientsPerMonth: sum('recipientsPerMonth'),
  };
}

/** How many times over what is asked for goes into a limit. */
const over = (asked: number, limit: number): number => (asked === 0 ? 0 : asked / limit);

/** How many months of days it would take, by what goes in a day. */
function overTheDays({ sends, offers, segmentsEach }: Month, { segmentsPerDay, recipientsPerDay }: Room): number {
  return Math.max(
    over(sends * segmentsEach, segmentsPerDay.all * DAYS),
    over(offers * segmentsEach, segmentsPerDay.offers * DAYS),
    over(sends, recipientsPerDay.all * DAYS),
    over(offers, recipientsPerDay.offers * DAYS),
  );
}

/** How many months it would take, by what goes in a month. */
function overTheMonth({ sends, offers, segmentsEach, recipients, offered }: Month, { segmentsPerMonth, recipientsPerMonth }: Room): number {
  return Math.max(
    over(sends * segmentsEach, segmentsPerMonth.all),
    over(offers * segmentsEach, segmentsPerMonth.offers),
    over(recipients, recipientsPerMonth.all),
    over(offered, recipientsPerMonth.offers),
  );
}

function simsNeeded(month: Month, each: Room): number {
  return Math.max(1, Math.ceil(Math.max(overTheDays(month, each), overTheMonth(month, each))));
}

function daysNeeded(month: Month, all: Room): number | null {
  const months = overTheMonth(month, all);
  // What a month has room for may go on its first day.
  const days = DAYS * Math.max(overTheDays(month, all), months > 1 ? months : 0);
  return Number.isFinite(days) ? Math.max(1, Math.ceil(days)) : null;
}
