import { CHOICES, type Choice, type Part, readAnswer } from './read-answer.ts';

/** To what a text may be an answer. */
export interface Context {
  /** The occasions that the last text was about, in the order in which it numbered them. */
  readonly asked: number;
  /** Whether it asked for a rating. */
  readonly rating: boolean;
  /** How many times the client was offered and may choose from; 0 for none. */
  readonly slots: number;
  /** Whether it asked if a visit is to be cancelled. */
  readonly cancel: boolean;
  /** Whether a time is kept for the client until they say yes. */
  readonly offer: boolean;
}

/** What a text means where it was written. */
export type Understood =
  /** What becomes of which of the occasions asked about, by their place from 0. */
  | { readonly kind: 'choices'; readonly choices: readonly { readonly at: number; readonly choice: Choice }[] }
  | { readonly kind: 'rating'; readonly rating: number }
  | { readonly kind: 'slot'; readonly at: number }
  | { readonly kind: 'noSlot' }
  | { readonly kind: 'offer'; readonly takes: boolean }
  /** What becomes of a visit that the client was asked about once more. */
  | { readonly kind: 'sure'; readonly choice: 'cancel' | 'keep' | 'move' }
  | { readonly kind: 'status' }
  /** It answers, and nobody but a person can say what. */
  | { readonly kind: 'unclear' }
  /** It is no answer to any of this. */
  | { readonly kind: 'other' };

const UNCLEAR: Understood = { kind: 'unclear' };
const OTHER: Understood = { kind: 'other' };

const isChoice = (part: Part): part is { readonly kind: Choice } => CHOICES.some((choice) => choice === part.kind);

/**
 * What a client's text means: facts in, meaning out. An answer counts only where every word of it is understood and it says one
 * thing of each: what matches no choice, or two, changes nothing and goes to a person. A rating may have words around its digit.
 */
export function understand(text: string, context: Context): Understood {
  // NO to a visit cancels it, and to the question whether it is to be cancelled keeps it.
  const parts = readAnswer(text).map((part): Part => (part.kind === 'no' && !context.cancel ? { kind: 'cancel' } : part));
  if (parts.length === 0) return OTHER;
  const numbers = parts.flatMap((part) => (part.kind === 'number' ? [part.n] : []));
  const choices = [...new Set(parts.filter(isChoice).map(({ kind }) => kind))];
  const [only] = numbers;
  const isKnown = !parts.some(({ kind }) => kind === 'unknown');
  if (parts.every(({ kind }) => kind === 'status')) return { kind: 'status' };
  if (context.offer) {
    if (isKnown && numbers.length === 0 && choices.length === 1) return { kind: 'offer', takes: choices[0] === 'confirm' };
    return UNCLEAR;
  }
  if (context.cancel) {
    const isNo = parts.some(({ kind }) => kind === 'no');
    if (!isKnown || numbers.length > 0 || choices.length + (isNo ? 1 : 0) !== 1) return UNCLEAR;
    const [choice] = choices;
    return { kind: 'sure', choice: choice === undefined ? 'keep' : choice === 'move' ? 'move' : 'cancel' };
  }
  if (context.slots > 0) {
    if (isKnown && numbers.length === 1 && only !== undefined && choices.every((choice) => choice === 'confirm')) {
      return only >= 1 && only <= context.slots ? { kind: 'slot', at: only - 1 } : UNCLEAR;
    }
    if (isKnown && numbers.length === 0 && choices.length === 1) {
      if (choices[0] !== 'confirm') return { kind: 'noSlot' };
      return context.slots === 1 ? { kind: 'slot', at: 0 } : UNCLEAR;
    }
    return UNCLEAR;
  }
  if (context.rating) {
    if (numbers.length === 0) return choices.length === 0 && isKnown ? OTHER : UNCLEAR;
    const isOne = numbers.length === 1 && only !== undefined && only >= 1 && only <= 5;
    return isOne ? { kind: 'rating', rating: only } : UNCLEAR;
  }
  if (context.asked === 0) return OTHER;
  if (!isKnown) return UNCLEAR;
  return chosen(parts, choices, context.asked);
}

function chosen(parts: readonly Part[], choices: readonly Choice[], asked: number): Understood {
  const isAll = parts.some(({ kind }) => kind === 'all');
  const hasNumbers = parts.some(({ kind }) => kind === 'number');
  if (!hasNumbers) {
    const [choice] = choices;
    if (choices.length !== 1 || choice === undefined || (asked > 1 && !isAll)) return UNCLEAR;
    return { kind: 'choices', choices: Array.from({ length: asked }, (_, at) => ({ at, choice })) };
  }
  if (isAll) return UNCLEAR;
  const said = new Map<number, Choice>();
  let waiting: number[] = [];
  // "1 yes 2 move", and "1 2 yes": a choice is of the numbers before it.
  for (const part of parts) {
    if (part.kind === 'number') waiting.push(part.n);
    if (!isChoice(part)) continue;
    if (waiting.length === 0) return UNCLEAR;
    for (const n of waiting) {
      if (n < 1 || n > asked || said.has(n - 1)) return UNCLEAR;
      said.set(n - 1, part.kind);
    }
    waiting = [];
  }
  if (waiting.length > 0) return UNCLEAR;
  return { kind: 'choices', choices: [...said].map(([at, choice]) => ({ at, choice })) };
}
