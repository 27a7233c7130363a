import type { ModemConfig } from './config.ts';
import type { ModemFacts } from './identify.ts';
import type { ModemState } from './lifecycle.ts';
import { type Absent, entryOf, type Seat } from './seat.ts';

/** A modem, as it is shown. */
export interface ModemView {
  /** Null for a modem that is plugged in nowhere, as far as is known. */
  readonly port: string | null;
  /** The USB socket that it is in, or was last; null for one that is on no USB port of this machine. */
  readonly usbPath: string | null;
  readonly name: string | null;
  /** Whether others answer the same IMEI now. */
  readonly sharedImei: boolean;
  /** Null while unknown, and for a modem that does not tell it; of one that is gone, what it last said, as with the next two. */
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly state: ModemState;
  /** What is going on, in one plain sentence, and what to do about it, if anything. */
  readonly sentence: string;
  readonly nextStep: string | null;
  /** ICCID. */
  readonly sim: string | null;
}

/**
 * All modems as they are shown: those that have a seat, those that were unplugged, and those of the configuration that
 * were not seen yet.
 * @param others who else has a seat's port open, for a sentence
 */
export function modemViews(
  seats: readonly Seat[],
  absents: readonly Absent[],
  entries: readonly ModemConfig[],
  others: (seat: Seat) => string | undefined,
): ModemView[] {
  const shown = seats.filter((seat) => seat.search?.at !== 'notWanted');
  const rows = shown.map((seat) => {
    const shared = shown.some((other) => answersTheSame(seat, other));
    return seatView(seat, entryOf(seat, entries), shared, others(seat));
  });
  const left = absents.map((absent) => {
    const entry = entries.find((e) => e.usbPath === absent.usbPath || (e.imei !== undefined && e.imei === absent.facts.imei));
    return { ...unplugged(absent.facts, entry), usbPath: absent.usbPath };
  });
  const told = new Set([...seats.map((seat) => entryOf(seat, entries)), ...entries.filter((e) => left.some((row) => isAbout(e, row)))]);
  const unseen = entries.filter((entry) => entry.port === undefined && !told.has(entry)).map((entry) => unplugged(undefined, entry));
  return [...rows, ...left, ...unseen];
}

/** Whether two modems answer one IMEI now. Two ports of one stick are one modem. */
function answersTheSame(a: Seat, b: Seat): boolean {
  const [one, other] = [a.modem?.session?.facts, b.modem?.session?.facts];
  if (a === b || (a.stick !== undefined && a.stick.usbPath === b.stick?.usbPath)) return false;
  return one?.imei != null && one.imei === other?.imei;
}

const isAbout = (entry: ModemConfig, row: ModemView): boolean =>
  (entry.imei !== undefined && entry.imei === row.imei) || (entry.usbPath !== undefined && entry.usbPath === row.usbPath);

function seatView(seat: Seat, entry: ModemConfig | undefined, sharedImei: boolean, other: string | undefined): ModemView {
  const { facts, modem } = seat;
  const life = lifeOf(seat);
  const notes = [
    ...(sharedImei ? ['Others answer the same IMEI, so it is told apart by its port.'] : []),
    ...(other === undefined ? [] : [`Also ${other} has its port open, so answers may get lost.`]),
  ];
  return {
    port: seat.port === '' ? null : seat.port,
    usbPath: seat.stick?.usbPath ?? null,
    name: entry?.name ?? null,
    sharedImei,
    ...named(facts),
    state: life.state,
    sentence: [life.sentence, ...notes].join(' '),
    nextStep: life.nextStep ?? (other === undefined ? null : 'Close the other program, or tell ModemManager to leave this port alone.'),
    sim: modem?.session?.sim?.iccid ?? null,
  };
}

function lifeOf({ modem, search, twin, stick }: Seat): Pick<ModemView, 'state' | 'sentence' | 'nextStep'> {
  if (modem) return { state: modem.life.state, sentence: modem.sentence, nextStep: modem.nextStep };
  if (twin) {
    const sentence = `The modem on this port is in use already, by its other port ${twin.port}.`;
    return { state: 'failed', sentence, nextStep: 'Name one port of each modem in the configuration.' };
  }
  if (search?.at !== 'resting') return { state: 'opening', sentence: 'The port is being opened.', nextStep: null };
  const ports = stick?.ports.length ?? 0;
  return {
    state: 'failed',
    sentence: ports === 1 ? 'What is on this port does not speak AT.' : `None of its ${ports} ports speaks AT.`,
    nextStep: 'If it is a modem, unplug it and plug it in again; if it is none, nothing needs doing: it is left alone.',
  };
}

function unplugged(facts: ModemFacts | undefined, entry: ModemConfig | undefined): ModemView {
  return {
    port: null,
    usbPath: entry?.usbPath ?? null,
    name: entry?.name ?? null,
    sharedImei: false,
    ...named(facts ?? { imei: entry?.imei ?? null, manufacturer: null, model: null }),
    state: 'absent',
    sentence: facts || entry?.imei !== undefined ? 'The modem is not plugged in.' : 'Nothing that may be a modem is plugged in there.',
    nextStep: 'Plug the modem in; it is taken up by itself.',
    sim: null,
  };
}

const named = (facts: ModemFacts | undefined): ModemFacts => ({
  imei: facts?.imei ?? null,
  manufacturer: facts?.manufacturer ?? null,
  model: facts?.model ?? null,
});
