import type { Clock } from '../base/clock.ts';
import type { FollowedText } from '../store/records/follow-up.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds; also for how long an alarm is worth sending. */
const HOUR = 3_600_000;

/** Of a client's text, UTF-16 units: the rest is read in the console. */
const QUOTED = 300;

/**
 * Tells the duty phone of texts with an alarm word in them, whatever else follows after these. The number is the site's own; a
 * stranger can make it ring, but not more than `perHour` times.
 * @param parts.to E.164
 * @param parts.isAlarm whether a text has such a word in it
 * @param parts.words what the duty phone reads
 */
export function dutyPhone(parts: {
  store: Store;
  clock: Clock;
  to: string;
  perHour: number;
  isAlarm: (text: string) => boolean;
  words: (from: string, heard: string) => string;
  onReply: () => void;
}): (text: FollowedText) => Promise<'passed'> {
  const { store, clock, to, perHour, isAlarm, words, onReply } = parts;
  return async ({ seq, from, sim, text }) => {
    // What the duty phone itself writes would come back to it.
    if (from === to || !isAlarm(text)) return 'passed';
    const at = clock.now();
    const heard = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
    const alarm = {
      to,
      iccid: sim,
      inboundSeq: seq,
      kind: 'alarm',
      at,
      text: words(from, heard),
      purpose: 'urgent',
      until: at + HOUR,
    } as const;
    await store.desk.tellOnce(alarm, perHour, at - HOUR);
    onReply();
    return 'passed';
  };
}
