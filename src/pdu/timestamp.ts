import { Fault } from '../base/fault.ts';
import { type HexWriter, hexFromOctets, type OctetReader } from './octets.ts';

/**
 * Times of the service centre (TS 23.040 9.2.3.11): seven octets of swapped decimal digits, local time and its offset from
 * UTC in quarters of an hour.
 */
export interface Timestamp {
  /** RFC 3339 with the sender's own offset: `2026-11-22T09:30:00+02:00`. */
  readonly iso: string;
  /** Milliseconds since 1970. */
  readonly epochMs: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** An instant to write: any `Timestamp` will do. Without an offset it is written in UTC. */
export interface Moment {
  /** Milliseconds since 1970; parts of a second are left out. */
  readonly epochMs: number;
  /** Minutes east of UTC, in steps of 15, from -1185 to 1185. */
  readonly offsetMinutes?: number;
}

/** Two digits for years 90 and up are of the last century, as Android and others read them: the standard does not say. */
const PIVOT = 90;
const MOST_QUARTERS = 79;
const MINUTE = 60_000;
const DAY_MS = 86_400_000;

/** By octet: the number of two swapped decimal digits, 255 where a half is no decimal digit. */
const BCD = Uint8Array.from({ length: 256 }, (_, octet) => {
  const tens = octet & 15;
  const ones = octet >> 4;
  return tens > 9 || ones > 9 ? 255 : tens * 10 + ones;
});

const TWO: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

const MONTH_DAYS = Uint8Array.from([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
/** Days of the (common) year before a month. */
const DAYS_BEFORE = Uint16Array.from([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]);

/** 1990 to 2089 hold 2000, which is a leap year, so every fourth year is one. */
const isLeap = (year: number): boolean => year % 4 === 0;

/** Days from 1970-01-01 to a day of the years 1970 to 2099. */
function daysSince1970(year: number, month: number, day: number): number {
  const leapDays = ((year - 1969) >> 2) + (month > 2 && isLeap(year) ? 1 : 0);
  return (year - 1970) * 365 + leapDays + (DAYS_BEFORE[month] ?? 0) + day - 1;
}

/**
 * The time in the seven octets at `at`.
 * @returns null when a digit is none, or there is no such day, hour or minute
 */
export function decodeTimestamp(octets: Uint8Array, at: number): Timestamp | null {
  const yy = BCD[octets[at] ?? 255] ?? 255;
  const month = BCD[octets[at + 1] ?? 255] ?? 255;
  const day = BCD[octets[at + 2] ?? 255] ?? 255;
  const hour = BCD[octets[at + 3] ?? 255] ?? 255;
  const minute = BCD[octets[at + 4] ?? 255] ?? 255;
  const second = BCD[octets[at + 5] ?? 255] ?? 255;
  const zone = octets[at + 6] ?? 255;
  // The tens of the quarters share their half-octet with the sign.
  const quarters = BCD[zone & 0xf7] ?? 255;
  if (yy > 99 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 || quarters > MOST_QUARTERS) return null;
  const year = yy < PIVOT ? 2000 + yy : 1900 + yy;
  if (day > (MONTH_DAYS[month] ?? 0) && !(month === 2 && day === 29 && isLeap(year))) return null;
  // Some centres write minus nothing; -00:00 would mean an unknown offset (RFC 3339 4.3).
  const west = (zone & 8) !== 0 && quarters > 0;
  const east = west ? -quarters * 15 : quarters * 15;
  const local = daysSince1970(year, month, day) * DAY_MS + hour * 3_600_000 + minute * MINUTE + second * 1000;
  return {
    iso: `${year}-${TWO[month]}-${TWO[day]}T${TWO[hour]}:${TWO[minute]}:${TWO[second]}${west ? '-' : '+'}${TWO[quarters >> 2]}:${TWO[(quarters & 3) * 15]}`,
    epochMs: local - east * MINUTE,
    offsetMinutes: east,
  };
}

/**
 * A time with its raw digits, which stay readable when the time is not.
 * @param field its name in faults
 * @throws PduFault (`field`) when fewer than seven octets are left
 */
export function readTimestamp(reader: OctetReader, field: string): { time: Timestamp | null; raw: string } {
  reader.need(7, field);
  const at = reader.at;
  reader.at += 7;
  return { time: decodeTimestamp(reader.octets, at), raw: hexFromOctets(reader.octets, at, at + 7) };
}

const swap = (n: number): number => ((n % 10) << 4) | Math.floor(n / 10);

/**
 * Writes seven octets.
 * @throws Fault timeInvalid for a year outside 1990 to 2089 or an offset that is no number of quarter hours up to 19:45
 */
export function writeTimestamp(writer: HexWriter, moment: Moment): void {
  const offset = moment.offsetMinutes ?? 0;
  const local = new Date(moment.epochMs + offset * MINUTE);
  const year = local.getUTCFullYear();
  if (!(year >= 1900 + PIVOT && year < 2000 + PIVOT)) {
    throw new Fault('timeInvalid', 'A time in a PDU is of the years 1990 to 2089; give one of those.');
  }
  const quarters = Math.abs(offset) / 15;
  if (!Number.isInteger(quarters) || quarters > MOST_QUARTERS) {
    throw new Fault('timeInvalid', `An offset from UTC in a PDU is a number of quarter hours up to 19:45; ${offset} minutes is not.`);
  }
  writer.octet(swap(year % 100));
  writer.octet(swap(local.getUTCMonth() + 1));
  writer.octet(swap(local.getUTCDate()));
  writer.octet(swap(local.getUTCHours()));
  writer.octet(swap(local.getUTCMinutes()));
  writer.octet(swap(local.getUTCSeconds()));
  writer.octet(swap(quarters) | (offset < 0 ? 8 : 0));
}
