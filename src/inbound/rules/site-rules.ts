import type { Clock } from '../../base/clock.ts';
import {
  containsPattern,
  fits,
  foldedWords,
  phrasePattern,
  prefixPattern,
  readPattern,
  type TextPattern,
} from '../../policy/text-pattern.ts';
import type { NewAudit } from '../../store/records/audit.ts';
import type { FollowedText } from '../../store/records/follow-up.ts';
import type { Rule } from '../../store/records/rule.ts';
import type { Store } from '../../store/store.ts';
import { mayReply } from './may-reply.ts';

/** A text is answered by a rule within this, milliseconds: later nobody waits for it. */
export const LATE = 30 * 60_000;

/** What replies of rules are about, for who wants no more of them. */
const TOPIC = 'reply';

interface Known {
  readonly rule: Rule;
  readonly patterns: readonly TextPattern[];
}

/** A rule and where it stands. */
export interface SiteRule extends Rule {
  readonly source: 'file' | 'api';
}

/** The site's own rules over clients' texts: those of the configuration first, then those made by API; the first that fits does what it says. */
export class SiteRules {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onReply: () => void;
  readonly #names: (text: string) => string;
  readonly #file: readonly Known[];
  #made: readonly Known[];

  /** @param parts.names fills in what a reply may name, `{site}` and `{phone}` */
  constructor(parts: { store: Store; clock: Clock; file: readonly Rule[]; names: (text: string) => string; onReply: () => void }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#onReply = parts.onReply;
    this.#names = parts.names;
    this.#file = parts.file.map(knownOf);
    this.#made = parts.store.desk.rules().map(knownOf);
  }

  list(): SiteRule[] {
    return [
      ...this.#file.map(({ rule }) => ({ ...rule, source: 'file' as const })),
      ...this.#made.map(({ rule }) => ({ ...rule, source: 'api' as const })),
    ];
  }

  /** Makes a rule, or changes one that was made by API. @returns false where the name is one of the configuration's */
  async put(rule: Rule, audit: NewAudit): Promise<boolean> {
    if (this.#file.some((known) => known.rule.name === rule.name)) return false;
    await this.#store.desk.putRule(rule, this.#clock.now(), audit);
    this.#made = this.#store.desk.rules().map(knownOf);
    return true;
  }

  /** @returns whether there was one that was made by API */
  async remove(name: string, audit: NewAudit): Promise<boolean> {
    const was = await this.#store.desk.removeRule(name, audit);
    this.#made = this.#store.desk.rules().map(knownOf);
    return was;
  }

  /** The rule that a text is for. */
  ruleFor(text: string): Rule | undefined {
    const words = foldedWords(text);
    return [...this.#file, ...this.#made].find(({ patterns }) => patterns.some((pattern) => fits(pattern, words)))?.rule;
  }

  /** What a rule says, with the names filled in. */
  replyOf({ reply }: Rule): string | null {
    return reply === null ? null : this.#names(reply);
  }

  readonly follow = async (text: FollowedText): Promise<'taken' | 'passed'> => {
    const rule = this.ruleFor(text.text);
    if (!rule) return 'passed';
    const { name, tag, webhook, notify } = rule;
    const now = this.#clock.now();
    const says = now - text.receivedAt > LATE ? null : this.replyOf(rule);
    const mayBeSaid = says !== null && mayReply(await this.#store.desk.replyCounts(text.from, text.text, now));
    const reply = mayBeSaid ? ({ kind: 'rule', text: says, topic: TOPIC } as const) : null;
    await this.#store.desk.doByRule(text, { rule: name, tag, webhook, notify, reply }, now);
    if (reply) this.#onReply();
    return 'taken';
  };
}

const knownOf = (rule: Rule): Known => ({ rule, patterns: patternsOf(rule) });

function patternsOf({ words, prefix, pattern }: Rule): TextPattern[] {
  const patterns = words.map(phrasePattern);
  if (prefix !== null) patterns.push(prefixPattern(prefix));
  if (pattern !== null) patterns.push(readPattern(pattern));
  return patterns;
}

/** Whether a text has one of these phrases in it. */
export function hasOneOf(phrases: readonly string[]): (text: string) => boolean {
  const patterns = phrases.map(containsPattern);
  return (text) => {
    const words = foldedWords(text);
    return patterns.some((pattern) => fits(pattern, words));
  };
}
