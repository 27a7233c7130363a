import type { Purpose } from '../base/purpose.ts';
import type { SuppressionScope } from '../base/suppression-scope.ts';
import type { Contact, ContactOccasion, OwnField } from '../store/records/contact.ts';
import type { Condition, FieldTest, OccasionTest } from './segment.ts';

/** What may be asked about a contact; only what a condition asks is looked up. */
export interface MemberFacts {
  readonly contact: Contact;
  readonly now: number;
  agrees(purpose: Purpose, topic: string | null): boolean;
  suppressed(scope: SuppressionScope): boolean;
  occasions(kind: string): readonly ContactOccasion[];
  /** When they last wrote or called; undefined for never. */
  heardAt(): number | undefined;
  /** When they were last written to, codes apart. */
  writtenAt(): number | undefined;
}

const DAY = 86_400_000;

/** Whether a contact belongs to a segment. Pure. */
export function matches(condition: Condition, facts: MemberFacts): boolean {
  const { contact, now } = facts;
  const isWithin = (at: number | undefined, days: number): boolean => at !== undefined && at >= now - days * DAY;
  if ('all' in condition) return condition.all.every((part) => matches(part, facts));
  if ('any' in condition) return condition.any.some((part) => matches(part, facts));
  if ('not' in condition) return !matches(condition.not, facts);
  if ('tag' in condition) return contact.tags.includes(condition.tag);
  if ('branch' in condition) return contact.branch === condition.branch;
  if ('language' in condition) return contact.language === condition.language;
  if ('channel' in condition) return contact.preferredChannel === condition.channel;
  if ('field' in condition) return passes(contact.fields[condition.field], condition.test, condition.value);
  if ('agreesTo' in condition) return facts.agrees(condition.agreesTo, condition.topic);
  if ('suppressed' in condition) return facts.suppressed(condition.suppressed);
  if ('occasion' in condition) return facts.occasions(condition.occasion.kind).some((one) => isSuch(one, condition.occasion, now));
  if ('heardWithin' in condition) return isWithin(facts.heardAt(), condition.heardWithin);
  if ('writtenWithin' in condition) return isWithin(facts.writtenAt(), condition.writtenWithin);
  return isWithin(contact.createdAt, condition.newWithin);
}

function isSuch({ status, attendance, at }: ContactOccasion, wanted: OccasionTest, now: number): boolean {
  if (wanted.status !== null && status !== wanted.status) return false;
  if (wanted.attendance !== null && attendance !== wanted.attendance) return false;
  if (wanted.within !== null && (at > now || at < now - wanted.within * DAY)) return false;
  return wanted.ahead === null || (at >= now && at <= now + wanted.ahead * DAY);
}

/** Money is compared by its amount; days and instants as they are written, which is their order in time. */
function passes(field: OwnField | undefined, test: FieldTest, wanted: string | number | boolean): boolean {
  if (test === 'known') return (field !== undefined && field !== '') === wanted;
  if (field === undefined) return test === 'isNot';
  const value = typeof field === 'object' ? Number(field.amount) : field;
  switch (test) {
    case 'is':
      return sameText(value, wanted);
    case 'isNot':
      return !sameText(value, wanted);
    case 'contains':
      return String(value).toLowerCase().includes(String(wanted).toLowerCase());
    case 'above':
    case 'below': {
      if (typeof value !== typeof wanted || typeof value === 'boolean') return false;
      return test === 'above' ? value > wanted : value < wanted;
    }
  }
}

const sameText = (value: string | number | boolean, wanted: string | number | boolean): boolean =>
  typeof value === 'string' && typeof wanted === 'string' ? value.toLowerCase() === wanted.toLowerCase() : value === wanted;
