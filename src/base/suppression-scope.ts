import { PURPOSES, type Purpose } from './purpose.ts';

/** What a client does not want any more: all but codes, one purpose, or one topic of whatever purpose but codes. */
export type SuppressionScope = 'all' | `purpose:${Purpose}` | `topic:${string}`;

/** A topic is one word, so that it can be told from others and typed. */
export const TOPIC = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

/** @returns the scope that is written so, undefined when none is */
export function readScope(written: string): SuppressionScope | undefined {
  if (written === 'all') return written;
  const purpose = PURPOSES.find((p) => written === `purpose:${p}`);
  if (purpose) return `purpose:${purpose}`;
  const topic = written.startsWith('topic:') ? written.slice('topic:'.length) : '';
  return TOPIC.test(topic) ? `topic:${topic}` : undefined;
}

/** A text of this topic asks whether offers are welcome: YES to it is a consent, and who ended offers is not asked. */
export const CONSENT_TOPIC = 'consent';

/** What a new consent to offers takes back: what greets belongs to them. */
export const CONSENT_SCOPES: readonly SuppressionScope[] = ['purpose:promotional', 'topic:greeting'];

/** The scopes of which each one stops a message. A code was asked for, so that only what names codes stops it. */
export function scopesOver(purpose: Purpose, topic: string | null): SuppressionScope[] {
  if (purpose === 'otp') return ['purpose:otp'];
  const asks: SuppressionScope[] = topic === CONSENT_TOPIC ? ['purpose:promotional'] : [];
  return ['all', `purpose:${purpose}`, ...(topic === null ? [] : [`topic:${topic}` as const]), ...asks];
}
