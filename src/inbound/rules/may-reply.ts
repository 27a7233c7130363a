import { MANY_REPLIES, type ReplyCounts } from '../../store/records/inbound-rules.ts';

/** Our own replies outside a dialogue, to one number within an hour and a day, and to everybody within an hour, when somebody is told (X22). */
const PER_HOUR = 3;
const PER_DAY = 5;

/** So many equal texts within an hour come from a machine. */
const SAME = 3;

/** A number that can be written to: international, and no short code or name. */
const NUMBER = /^\+[1-9]\d{6,14}$/;

/** Whether a reply can be read by a person, and does not keep two machines talking. */
export function mayReply({ from, isOurs, sameWithinHour, replies }: ReplyCounts): boolean {
  if (!NUMBER.test(from) || isOurs || sameWithinHour >= SAME) return false;
  return replies.hour < PER_HOUR && replies.day < PER_DAY && replies.everybody < MANY_REPLIES;
}
