import { type MovedMessage, type MovedText, withPlus } from './moved.ts';

/** What gammu-smsd keeps in a database: its tables outbox, outbox_multipart and inbox, as they are there. */
export interface GammuRows {
  readonly outbox: readonly {
    readonly id: number;
    readonly to: string | null;
    readonly text: string | null;
    /** The message class, -1 for none, 0 for flash. */
    readonly class: number | null;
  }[];
  /** The parts after the first, of long messages, in order. */
  readonly further: readonly { readonly id: number; readonly text: string | null }[];
  readonly inbox: readonly {
    readonly id: number;
    readonly from: string;
    readonly text: string;
    /** Hex, '' where there is none. */
    readonly udh: string;
    /** `2026-11-22 10:15:00`, by the clock of the machine. */
    readonly receivedAt: string;
  }[];
}

/** Concatenation, of 8 or 16 bits (TS 23.040 9.2.3.24.1 and .8): reference with count, and which part. */
const CONCAT = /^(?:050003(?<short>[0-9A-F]{4})|060804(?<long>[0-9A-F]{6}))(?<part>[0-9A-F]{2})$/i;

/** What waits and what was received. */
export function fromRows({ outbox, further, inbox }: GammuRows): { waiting: MovedMessage[]; inbox: MovedText[]; left: string[] } {
  const left: string[] = [];
  const waiting = outbox.flatMap(({ id, to, text, class: messageClass }): MovedMessage[] => {
    if (to === null || to === '' || text === null) {
      left.push(`Row ${id} of outbox is no text that waits: it stays where it is.`);
      return [];
    }
    const rest = further.flatMap((part) => (part.id === id ? [part.text ?? ''] : []));
    return [{ id: `gammu outbox ${id}`, to: withPlus(to), text: [text, ...rest].join(''), flash: messageClass === 0 }];
  });
  const whole = new Map<string, { id: string; from: string; receivedAt: number; parts: Map<number, string> }>();
  for (const { id, from, text, udh, receivedAt } of inbox) {
    const { short, long, part = '0' } = CONCAT.exec(udh)?.groups ?? {};
    const reference = short ?? long;
    const key = reference === undefined ? `row ${id}` : `${from} ${reference}`;
    // A reference that comes around again is another text.
    const before = whole.get(key);
    const n = Number.parseInt(part, 16);
    if (before?.parts.has(n)) {
      whole.delete(key);
      whole.set(`${key} until ${id}`, before);
    }
    const one = whole.get(key) ?? { id: `gammu inbox ${id}`, from: withPlus(from), receivedAt: localTime(receivedAt), parts: new Map() };
    one.parts.set(n, text);
    whole.set(key, one);
  }
  const texts = [...whole.values()].map(({ parts, ...rest }) => ({
    ...rest,
    text: [...parts]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join(''),
  }));
  return { waiting, inbox: texts, left };
}

function localTime(written: string): number {
  const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = (written.match(/\d+/g) ?? []).map(Number);
  return new Date(y, mo - 1, d, h, mi, s).getTime();
}
