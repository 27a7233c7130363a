import { useEffect, useState } from 'preact/hooks';
import type { Message, SendMessage } from '../../http/schemas/message.ts';
import { api, Refusal } from '../api/client.ts';
import { after } from '../browser-clock.ts';
import { phone, when } from '../i18n/format.ts';
import { reasonWords } from '../words/message.ts';
import { problemWords } from '../words/problems.ts';
import type { Tone } from './banner.tsx';
import { words } from './verdict-words.ts';

/** Numbers that are asked about while somebody writes. */
const ASKED = 10;
/** Milliseconds without a key before the box is asked. */
const PAUSE = 350;

export type Wish = Omit<SendMessage, 'to' | 'dryRun'>;

interface Verdict {
  readonly to: string;
  readonly answer: Message | Refusal;
}

/** What the box would say to each, before it is asked to send. */
export function useVerdicts(numbers: readonly string[], wish: Wish): readonly Verdict[] {
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>([]);
  const asked = JSON.stringify([numbers.slice(0, ASKED), wish]);
  useEffect(() => {
    const [those, what]: [string[], Wish] = JSON.parse(asked);
    if (those.length === 0 || what.text === '') {
      setVerdicts([]);
      return;
    }
    const ended = new AbortController();
    const ask = async (to: string): Promise<Verdict> => {
      try {
        return { to, answer: await api.post<Message>('/v1/messages', { ...what, to, dryRun: true }, { signal: ended.signal }) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { to, answer: error };
      }
    };
    const cancel = after(PAUSE, () => {
      Promise.all(those.map(ask)).then(setVerdicts, (error: unknown) => {
        if (!ended.signal.aborted) throw error;
      });
    });
    return () => {
      cancel();
      ended.abort();
    };
  }, [asked]);
  return verdicts;
}

/** What the box would say to one client, where that is anything but that it goes at once. */
export function Warning({ verdicts: [verdict] }: { verdicts: readonly Verdict[] }) {
  if (!verdict) return null;
  const [tone, said] = verdictWords(verdict.answer);
  return tone === 'good' ? null : (
    <p class="small" role="status">
      <span class={`pill sentence ${tone}`}>{said}</span>
    </p>
  );
}

export function Verdicts({ verdicts, count }: { verdicts: readonly Verdict[]; count: number }) {
  return (
    <div class="stack tight">
      <ul class="verdicts" aria-live="polite">
        {verdicts.map(({ to, answer }) => {
          const [tone, said] = verdictWords(answer);
          return (
            <li key={to}>
              <span class="number">{answer instanceof Refusal ? to : phone(answer.to)}</span>
              <span class={`pill sentence ${tone}`}>{said}</span>
            </li>
          );
        })}
      </ul>
      {count > ASKED && <p class="quiet small">{words('andMore', { n: ASKED })}</p>}
    </div>
  );
}

function verdictWords(answer: Message | Refusal): [Tone, string] {
  if (answer instanceof Refusal) return ['bad', words('noGo', { why: problemWords(answer) })];
  const { decision, until, rules } = answer.policy;
  const warning = rules.find(({ verdict }) => verdict === 'warn');
  if (decision === 'send' && warning) return ['warn', warningWords(warning.reason)];
  if (decision !== 'hold' || until === null) return ['good', words('goesNow')];
  const why = rules.find(({ verdict }) => verdict === 'hold')?.reason ?? '';
  if (why === 'scheduled') return ['good', words('goesAt', { when: when(until) })];
  return ['warn', words('waits', { when: when(until), why: reasonWords(why) })];
}

/** What a person who answers by hand is warned of: it goes, although another message would wait for this reason. */
export const warningWords = (reason: string): string => words(reason === 'quietHours' ? 'goesAtNight' : 'goesAfterMany');
