import type { ModemReason } from '../base/modem-reason.ts';
import type { ModemConfig } from './config.ts';
import type { ModemFacts } from './identify.ts';
import { type ModemState, shown } from './lifecycle.ts';
import { type ModemNote, modemNote } from './notes.ts';
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
  /** By which profile it is spoken to; null until it said what it is, and while it is away. */
  readonly profile: string | null;
  readonly state: ModemState;
  /** What the first sentence says, for programs; the others are those of the notes. */
  readonly reason: ModemReason;
  readonly notes: readonly ModemNote[];
  /** It was lost in one moment with others, and is not back. */
  readonly wentWithOthers: boolean;
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
 * @param tookAway whether one that was lost at that time went with others
 */
export function modemViews(
  seats: readonly Seat[],
  absents: readonly Absent[],
  entries: readonly ModemConfig[],
  others: (seat: Seat) => string | undefined,
  tookAway: (lostAt: number | undefined) => boolean,
): ModemView[] {
  const shown = seats.filter((seat) => seat.search?.at !== 'notWanted');
  const rows = shown.map((seat) => {
    const shared = shown.some((other) => answersTheSame(seat, other));
    // Who is silent where one was that went with others is most likely that one.
    const lost = [seat.modem?.lostAt, ...absents.filter((a) => a.usbPath === seat.stick?.usbPath).map((a) => a.lostAt)];
    return { ...seatView(seat, entryOf(seat, entries), shared, others(seat)), wentWithOthers: lost.some(tookAway) };
  });
  const left = absents.map((absent) => {
    const entry = entries.find((e) => e.usbPath === absent.usbPath || (e.imei !== undefined && e.imei === absent.facts.imei));
    return { ...unplugged(absent.facts, entry), usbPath: absent.usbPath, wentWithOthers: tookAway(absent.lostAt) };
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

function seatView(
  seat: Seat,
  entry: ModemConfig | undefined,
  sharedImei: boolean,
  other: string | undefined,
): Omit<ModemView, 'wentWithOthers'> {
  const { facts, modem } = seat;
  const life = lifeOf(seat);
  const notes = [
    ...life.notes,
    ...(sharedImei ? [modemNote('sharedImei', 'Others answer the same IMEI, so it is told apart by its port.')] : []),
    ...(other === undefined
      ? []
      : [modemNote('otherProgram', `Also ${other} has its port open, so answers may get lost.`, { detail: other })]),
  ];
  return {
    port: seat.port === '' ? null : seat.port,
    usbPath: seat.stick?.usbPath ?? null,
    name: entry?.name ?? null,
    sharedImei,
    ...named(facts),
    profile: modem?.session?.facts ? modem.session.profile.name : null,
    state: life.state,
    reason: life.reason,
    notes,
    sentence: [life.sentence, ...notes.map((note) => note.sentence)].join(' '),
    nextStep: life.nextStep ?? (other === undefined ? null : 'Close the other program, or tell ModemManager to leave this port alone.'),
    sim: modem?.session?.sim?.iccid ?? null,
  };
}

function lifeOf({ modem, search, twin, stick }: Seat): Pick<ModemView, 'state' | 'reason' | 'notes' | 'sentence' | 'nextStep'> {
  if (modem) {
    const { life, notes, nextStep } = modem;
    const { state, reason, sentence } = shown(life);
    return { state, reason, notes, sentence, nextStep };
  }
  if (twin) {
    const sentence = `The modem on this port is in use already, by its other port ${twin.port}.`;
    return { state: 'failed', reason: 'otherPort', notes: [], sentence, nextStep: 'Name one port of each modem in the configuration.' };
  }
  if (search?.at !== 'resting') {
    return { state: 'opening', reason: 'opening', notes: [], sentence: 'The port is being opened.', nextStep: null };
  }
  const ports = stick?.ports.length ?? 0;
  return {
    state: 'failed',
    reason: 'noAt',
    notes: [],
    sentence: ports === 1 ? 'What is on this port does not speak AT.' : `None of its ${ports} ports speaks AT.`,
    nextStep: 'If it is a modem, unplug it and plug it in again; if it is none, nothing needs doing: it is left alone.',
  };
}

function unplugged(facts: ModemFacts | undefined, entry: ModemConfig | undefined): ModemView {
  const known = facts !== undefined || entry?.imei !== undefined;
  return {
    port: null,
    usbPath: entry?.usbPath ?? null,
    name: entry?.name ?? null,
    sharedImei: false,
    ...named(facts ?? { imei: entry?.imei ?? null, manufacturer: null, model: null }),
    profile: null,
    state: 'absent',
    reason: known ? 'unplugged' : 'neverSeen',
    notes: [],
    wentWithOthers: false,
    sentence: known ? 'The modem is not plugged in.' : 'Nothing that may be a modem is plugged in there.',
    nextStep: 'Plug the modem in; it is taken up by itself.',
    sim: null,
  };
}

const named = (facts: ModemFacts | undefined): ModemFacts => ({
  imei: facts?.imei ?? null,
  manufacturer: facts?.manufacturer ?? null,
  model: facts?.model ?? null,
});
