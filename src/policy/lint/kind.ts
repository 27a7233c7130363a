import type { Purpose } from '../../base/purpose.ts';
import type { TextKind } from './advice.ts';
import { VOCABULARY } from './vocabulary.ts';
import type { Word } from './words.ts';

/** As the caller says; else by the purpose; else by its words: what reminds of a visit that was booked is a reminder. */
export function kindOf(purpose: Purpose, given: TextKind | undefined, words: readonly Word[]): TextKind {
  if (given !== undefined) return given;
  if (purpose === 'promotional') return 'offer';
  if (purpose === 'otp') return 'other';
  if (VOCABULARY.reminder.find(words)) return 'reminder';
  if (VOCABULARY.confirmation.find(words)) return 'confirmation';
  return VOCABULARY.offer.find(words) ? 'offer' : 'other';
}
