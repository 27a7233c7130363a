import type { Clock } from '../base/clock.ts';
import type { Presence } from '../policy/opening-hours.ts';
import type { FollowedText } from '../store/records/follow-up.ts';
import type { Store } from '../store/store.ts';
import { mayReply } from './rules/may-reply.ts';
import { LATE } from './rules/site-rules.ts';

/** What the away text is about, for who wants no more of it. */
const TOPIC = 'away';

/**
 * Answers who writes while nobody is there, once a night: that it will be read, and whom to call meanwhile. It comes last: a text
 * that anything else takes is not answered so.
 * @param presence whether somebody is there at an instant
 * @param words what is said to who wrote this
 */
export function awayText(parts: {
  store: Store;
  clock: Clock;
  presence: (at: number) => Presence;
  words: (heard: string) => string;
  onReply: () => void;
}): (text: FollowedText) => Promise<'taken' | 'passed'> {
  const { store, clock, presence, words, onReply } = parts;
  return async (text) => {
    const now = clock.now();
    const then = presence(text.receivedAt);
    if (then.open || presence(now).open || now - text.receivedAt > LATE) return 'passed';
    const last = await store.desk.lastReply(text.from, 'away');
    if (last !== null && last >= then.since) return 'passed';
    if (!mayReply(await store.desk.replyCounts(text.from, text.text, now))) return 'passed';
    const reply = { kind: 'away', text: words(text.text), topic: TOPIC } as const;
    await store.desk.doByRule(text, { rule: null, tag: null, webhook: false, notify: false, reply }, now);
    onReply();
    return 'taken';
  };
}
