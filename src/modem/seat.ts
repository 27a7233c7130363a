import type { ModemConfig } from './config.ts';
import type { ModemFacts } from './identify.ts';
import type { Modem } from './modem.ts';
import type { PluggedIn } from './ports.ts';
import type { Search } from './search.ts';

/** A place where a modem is driven: a port that the configuration names, or something that was found on USB. */
export interface Seat {
  /** The entry that names the port or the socket; undefined for what nobody named. */
  readonly entry: ModemConfig | undefined;
  /** What opens it now. */
  port: string;
  /** What the port really led to when it was last opened, or is to lead to. */
  device: string | undefined;
  /** What on USB the port belongs to, as far as is known. */
  stick: PluggedIn | undefined;
  /** Of what was found; a port that is named is not searched for. */
  search: Search | undefined;
  /** Undefined while the port is let go. */
  modem: Modem | undefined;
  /** What the modem last said of itself, so that one that is gone can still be told from the others. */
  facts: ModemFacts | undefined;
  /** The seat that drives the same modem by another of its ports, because of which this one does not. */
  twin: Seat | undefined;
  /** At which of its ports the modem spoke AT that was in this socket before, if that one was just reset. */
  readonly wasAt: number | undefined;
}

/** A modem that was found and is gone: what it last said, and where it was. */
export interface Absent {
  readonly usbPath: string;
  /** `vendor:product`, and at which of its ports it spoke AT. */
  readonly id: string;
  readonly index: number;
  /** It went away because of what was done to it, so it is who comes back there. */
  readonly treated: boolean;
  /** When it was lost, milliseconds of the monotonic clock; undefined for one that was of no use before. */
  readonly lostAt: number | undefined;
  readonly facts: ModemFacts;
}

/** No more are remembered: whoever walks by with sticks must not fill the memory. */
const MOST_ABSENT = 64;

/** Those who are gone, when one more is. */
export function gone(absents: readonly Absent[], one: Absent): readonly Absent[] {
  return [...without(absents, one), one].slice(-MOST_ABSENT);
}

/**
 * Those who are still gone when a modem has said who it is. An IMEI that several modems answer says nothing alone: then the
 * socket must be the same as well.
 */
export function without(absents: readonly Absent[], { usbPath, facts }: Pick<Absent, 'usbPath' | 'facts'>): readonly Absent[] {
  const same = absents.filter((a) => a.facts.imei === facts.imei);
  const there = same.filter((a) => a.usbPath === usbPath);
  const back = there.length > 0 ? there : same.length === 1 && facts.imei !== null ? same : [];
  return absents.filter((a) => !back.includes(a));
}

/** The entry that is about the modem in a seat: the one that names its port or socket, else the one with its IMEI. */
export function entryOf(seat: Pick<Seat, 'entry' | 'facts'>, entries: readonly ModemConfig[]): ModemConfig | undefined {
  const imei = seat.facts?.imei;
  return seat.entry ?? (imei ? entries.find((entry) => entry.imei === imei) : undefined);
}

/** The entry that names a socket. */
export function entryAt(stick: PluggedIn, entries: readonly ModemConfig[]): ModemConfig | undefined {
  return entries.find(({ usbPath }) => usbPath !== undefined && (usbPath === stick.usbPath || stick.otherNames.includes(usbPath)));
}

/** Whether a modem is driven by one of its ports already: the same USB device, IMEI and SIM. Without a known socket nobody can tell. */
export function sameModem(a: Seat, b: Seat): boolean {
  const [one, other] = [a.modem?.session, b.modem?.session];
  if (a === b || a.stick === undefined || a.stick.usbPath !== b.stick?.usbPath) return false;
  return one?.facts?.imei != null && one.facts.imei === other?.facts?.imei && one.sim !== undefined && one.sim.iccid === other.sim?.iccid;
}

/** The USB socket that holds this modem and nothing else, as a stick does and the port of an adapter with several does not. */
export function ownSocket({ stick }: Pick<Seat, 'stick'>): string | undefined {
  return stick === undefined || stick.usbPath.includes(':') ? undefined : stick.usbPath;
}
