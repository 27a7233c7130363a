import type { Dialogues } from '../dialogues/dialogues.ts';
import type { Acceptance } from '../dispatch/accept.ts';
import { awayText } from '../inbound/away.ts';
import { dutyPhone } from '../inbound/duty-phone.ts';
import { type Follower, FollowUp } from '../inbound/follow-up.ts';
import { OwnReplies } from '../inbound/own-replies.ts';
import { posterAnswers } from '../inbound/poster-answers.ts';
import { hasOneOf, SiteRules } from '../inbound/rules/site-rules.ts';
import type { OccasionAnswers } from '../occasions/answers.ts';
import { alarmText, awayReply, ownReply } from '../texts/own-replies.ts';
import { fileRules, presenceOf } from './site-answers.ts';
import type { Ground } from './world.ts';

/** What a text that came in sets going, and what it is answered. */
export interface Answering {
  readonly rules: SiteRules;
  readonly ownReplies: OwnReplies;
  readonly followUp: FollowUp;
  /** Whether the duty phone is told of such a text. */
  isAlarm(text: string): boolean;
}

export function buildAnswering(
  { config, store, clock, log, language }: Ground,
  {
    door,
    dialogues,
    occasionAnswers,
  }: { readonly door: Acceptance; readonly dialogues: Dialogues; readonly occasionAnswers: OccasionAnswers },
): Answering {
  const site = { site: config.site.name, phone: config.site.phone };
  const ownReplies = new OwnReplies({ store, door, clock, log, words: (kind, heard) => ownReply(kind, heard, language, site) });
  const onReply = (): void => ownReplies.send();
  const rules = new SiteRules({
    store,
    clock,
    file: fileRules(config),
    names: (text) => text.replaceAll('{site}', site.site).replaceAll('{phone}', site.phone ?? ''),
    onReply,
  });
  const isAlarm = hasOneOf(config.alarm.phone === undefined ? [] : config.alarm.words);
  // In this order; the first that takes a text ends it.
  const followers: Follower[] = [
    posterAnswers({ store, clock, onReply }),
    dialogues.follow,
    (text) => occasionAnswers.follow(text),
    rules.follow,
  ];
  if (config.alarm.phone !== undefined) {
    const { phone: to, perHour } = config.alarm;
    const words = (from: string, heard: string): string => alarmText(from, heard, language);
    followers.unshift(dutyPhone({ store, clock, to, perHour, isAlarm, words, onReply }));
  }
  if (config.away.phone !== undefined) {
    const { phone, text } = config.away;
    const words = (heard: string): string =>
      text?.replaceAll('{site}', site.site).replaceAll('{phone}', phone) ?? awayReply(heard, language, { site: site.site, phone });
    followers.push(awayText({ store, clock, presence: presenceOf(config), words, onReply }));
  }
  return { rules, ownReplies, followUp: new FollowUp({ store, clock, log, followers }), isAlarm };
}
