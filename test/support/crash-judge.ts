import type { LedgerEntry } from '../../src/simulator/ledger.ts';
import type { ApiMessage } from './api-client.ts';
import { readSubmit } from './other-codec.ts';

/** What a run of crashes is judged by: the network's ledger, and what the API says afterwards. */
export interface CrashEvidence {
  readonly ledger: readonly Pick<LedgerEntry, 'pdu'>[];
  readonly messages: readonly ApiMessage[];
  /** Ids that were answered 202. */
  readonly accepted: ReadonlySet<string>;
  readonly kills: number;
  readonly sims: number;
  /** What the daemon was told to do with what is uncertain. */
  readonly uncertain: 'hold' | 'resend';
}

export interface Verdict {
  /** One sentence for each promise that was broken. */
  readonly problems: readonly string[];
  readonly uncertain: number;
  readonly duplicates: number;
}

/**
 * Holds what the API says against what the network took. Every message has a number of its own, so a segment on the air
 * is known by its recipient and its place in the concatenation.
 */
export function judge(evidence: CrashEvidence): Verdict {
  const { ledger, messages, accepted, kills, sims } = evidence;
  const problems: string[] = [];
  const onAir = new Map<string, number>();
  for (const { pdu } of ledger) {
    const { to, concat } = readSubmit(pdu);
    const segment = `${to} ${concat?.n ?? 1}`;
    onAir.set(segment, (onAir.get(segment) ?? 0) + 1);
  }
  const known = new Set(messages.map((m) => m.id));
  for (const id of accepted) if (!known.has(id)) problems.push(`${id} was accepted and is gone`);

  let uncertain = 0;
  let duplicates = 0;
  const explained = new Set<string>();
  for (const message of messages) {
    for (const segment of message.segments) {
      const key = `${message.to} ${segment.n}`;
      explained.add(key);
      const copies = onAir.get(key) ?? 0;
      const sent = segment.state === 'sent' || segment.state === 'delivered';
      // One that a report settled later is sent, and its cause tells that it was in doubt.
      uncertain += segment.attempts.filter(
        (a) => a.outcome === 'uncertain' || a.outcome === 'resent' || (a.outcome === 'sent' && a.cause),
      ).length;
      if (sent && copies === 0) problems.push(`${key} is ${segment.state}, but the network never took it`);
      if (!sent && segment.state !== 'uncertain' && copies > 0) problems.push(`${key} is ${segment.state}, but the network took it`);
      if (copies > 1) {
        duplicates += copies - 1;
        if (evidence.uncertain === 'hold') problems.push(`${key} was sent ${copies} times`);
        else if (!message.possibleDuplicate) problems.push(`${key} was sent ${copies} times and is not flagged`);
      }
    }
    const settled = ['sent', 'delivered', ...(evidence.uncertain === 'hold' ? ['uncertain'] : [])];
    if (!settled.includes(message.status)) problems.push(`${message.id} ended as ${message.status} (${message.reason ?? 'no reason'})`);
  }
  for (const key of onAir.keys()) if (!explained.has(key)) problems.push(`${key} was sent, and nobody knows it`);
  if (uncertain > kills * sims) problems.push(`${uncertain} attempts are uncertain after ${kills} kills with ${sims} SIMs`);
  if (duplicates > uncertain) problems.push(`${duplicates} copies, but only ${uncertain} attempts were ever uncertain`);
  return { problems, uncertain, duplicates };
}
