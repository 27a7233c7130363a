import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Static } from 'typebox';
import type { RuleTrial } from '../../../http/schemas/rule.ts';
import { api, Refusal } from '../../api/client.ts';
import { after } from '../../browser-clock.ts';
import { Field } from '../../parts/field.tsx';
import { meanings } from '../../words/message.ts';
import { ruleWords as words } from './rule-words.ts';

type Trial = Static<typeof RuleTrial>;

/** Milliseconds after the last key. */
const PAUSE = 250;

/** What would follow from a text, told while it is written. @param round another one asks again, since the rules have changed */
export function TryRules({ round }: { round: number }) {
  const text = useSignal('');
  const trial = useSignal<Trial | undefined>(undefined);
  const { value: written } = text;
  useEffect(() => {
    trial.value = undefined;
    if (written.trim() === '') return;
    const ended = new AbortController();
    const cancel = after(PAUSE, () => {
      api.post<Trial>('/v1/rules/try', { text: written }, { signal: ended.signal }).then(
        (answer) => {
          trial.value = answer;
        },
        (error: unknown) => {
          if (!ended.signal.aborted && !(error instanceof Refusal)) throw error;
        },
      );
    });
    return () => {
      cancel();
      ended.abort();
    };
  }, [written, round]);
  return (
    <section class="card stack tight">
      <h2>{words('tryTitle')}</h2>
      <Field label={words('tryText')} hint={words('tryHint')} value={text} maxLength={2000} autocomplete="off" />
      <div role="status" class="stack tight written">
        {trial.value && said(trial.value).map((line) => <p key={line}>{line}</p>)}
      </div>
    </section>
  );
}

function said({ meaning, rule, reply, alarm }: Trial): string[] {
  const lines = [
    ...(meaning === null || rule !== null ? [] : [words('tryMeaning', { meaning: meanings.maybe(meaning) ?? meaning })]),
    ...(rule === null ? [] : [words('tryRule', { name: rule.name })]),
    ...(reply === null ? [] : [words('tryReply', { text: reply })]),
    ...(alarm ? [words('tryAlarm')] : []),
  ];
  return lines.length === 0 ? [words('tryNothing')] : lines;
}
