import type { Clock } from '../base/clock.ts';
import { readKeyword } from '../policy/keywords.ts';
import { foldedWords } from '../policy/text-pattern.ts';
import type { FollowedText } from '../store/records/follow-up.ts';
import type { Store } from '../store/store.ts';
import { mayReply } from './rules/may-reply.ts';

/** A number that can be written to: nobody else can agree to offers. */
const NUMBER = /^\+[1-9]\d{6,14}$/;

/** YES with the word of a poster is a consent to the words that stand on it: nobody has asked, so that the word is the question. */
export function posterAnswers(parts: {
  store: Store;
  clock: Clock;
  onReply: () => void;
}): (text: FollowedText) => Promise<'taken' | 'passed'> {
  const { store, clock, onReply } = parts;
  return async (text) => {
    const [yes, word, ...more] = foldedWords(text.text);
    if (yes === undefined || word === undefined || more.length > 0 || !NUMBER.test(text.from)) return 'passed';
    if (readKeyword(yes).kind !== 'yes') return 'passed';
    const poster = store.posters.all().find((known) => known.kind === 'consent' && foldedWords(known.word)[0] === word);
    if (!poster) return 'passed';
    const now = clock.now();
    const may = mayReply(await store.desk.replyCounts(text.from, text.text, now));
    if (await store.posters.agree(text, poster, may, now)) onReply();
    return 'taken';
  };
}
