import { useSignal } from '@preact/signals';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { SegmentCount } from '../../../http/schemas/segment.ts';
import { api, Refusal } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { after } from '../../browser-clock.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { described, Field, ProblemOf } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Icon } from '../../parts/icon.tsx';
import { CLIENT_LANGUAGES, clientLanguages } from '../../words/languages.ts';
import { conditionOf, firstValue, needsDays, needsValue, RULE_KINDS, type Rule, type RuleKind } from './condition.ts';
import { conditionWords } from './condition-words.ts';
import { segmentWords as words } from './words.ts';

/** Milliseconds without a key before the box counts. */
const PAUSE = 250;

type Counted = Static<typeof SegmentCount>;

/** A segment is put together rule by rule; how many fit is counted while one does it. */
export function NewSegment({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const name = useSignal('');
  const rules = useSignal<readonly Rule[]>([{ n: 0, kind: 'tag', isNot: false, value: '' }]);
  const condition = conditionOf(rules.value);
  const counted = useCount(condition);
  const deed = useDeed();

  const change = (n: number, part: Partial<Rule>): void => {
    rules.value = rules.value.map((rule) => (rule.n === n ? { ...rule, ...part } : rule));
  };
  const submit = async (): Promise<void> => {
    const path = `/v1/segments/${encodeURIComponent(name.value.trim())}`;
    const kept = await deed.ask(() => api.put(path, { condition }), { done: words('saved'), quietly: true });
    if (kept === undefined) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title={words('add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field
          label={words('name')}
          value={name}
          hint={words('nameHint')}
          required
          autofocus
          maxLength={60}
          problem={problemAt(deed.refusal, '/name')}
        />
        <fieldset class="plain-set stack tight">
          <legend>{words('rules')}</legend>
          {rules.value.map((rule, at) => (
            <RuleRow
              key={rule.n}
              rule={rule}
              problem={problemAt(deed.refusal, `/condition/all/${at}`)}
              onChange={(part) => change(rule.n, part)}
              onRemove={() => {
                rules.value = rules.value.filter(({ n }) => n !== rule.n);
              }}
            />
          ))}
          <div>
            <button
              type="button"
              class="button slim"
              onClick={() => {
                const n = Math.max(-1, ...rules.value.map((rule) => rule.n)) + 1;
                rules.value = [...rules.value, { n, kind: 'heardWithin', isNot: false, value: '365' }];
              }}
            >
              {words('addRule')}
            </button>
          </div>
        </fieldset>
        {counted && (
          <p aria-live="polite">
            <b>{words('fits', { n: counted.count })}</b>
            <br />
            <span class="quiet small written">{conditionWords(condition) ?? counted.words}</span>
          </p>
        )}
        <FormEnd act={words('save')} disabled={deed.isBusy || condition === undefined} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

function RuleRow({
  rule,
  problem,
  onChange,
  onRemove,
}: {
  rule: Rule;
  problem: string | undefined;
  onChange: (part: Partial<Rule>) => void;
  onRemove: () => void;
}) {
  const { kind, isNot, value } = rule;
  const id = useId();
  const choose = (chosen: string): void => {
    const found: RuleKind | undefined = RULE_KINDS.find((one) => one === chosen);
    if (found) onChange({ kind: found, value: firstValue(found) });
  };
  return (
    <div class="segment-rule">
      <label class="segment-not">
        <input type="checkbox" checked={isNot} onChange={({ currentTarget }) => onChange({ isNot: currentTarget.checked })} />
        {words('not')}
      </label>
      <select aria-label={words('rule')} value={kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {RULE_KINDS.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </select>
      {kind === 'language' && (
        <select aria-label={words('value')} value={value} onChange={({ currentTarget }) => onChange({ value: currentTarget.value })}>
          {CLIENT_LANGUAGES.map((one) => (
            <option key={one} value={one}>
              {clientLanguages(one)}
            </option>
          ))}
        </select>
      )}
      {needsValue(kind) && kind !== 'language' && (
        <input
          id={id}
          aria-label={words('value')}
          {...described(id, undefined, problem)}
          inputMode={needsDays(kind) ? 'numeric' : 'text'}
          value={value}
          maxLength={64}
          onInput={({ currentTarget }) => onChange({ value: currentTarget.value })}
        />
      )}
      <button type="button" class="icon-button" aria-label={words('removeRule')} onClick={onRemove}>
        <Icon name="close" />
      </button>
      <ProblemOf id={id} problem={problem} />
    </div>
  );
}

function useCount(condition: unknown): Counted | undefined {
  const [counted, setCounted] = useState<Counted | undefined>(undefined);
  const body = JSON.stringify(condition);
  useEffect(() => {
    setCounted(undefined);
    if (body === undefined) return;
    const ended = new AbortController();
    const cancel = after(PAUSE, () => {
      api
        .post<Counted>('/v1/segments/count', { condition: JSON.parse(body) }, { signal: ended.signal })
        .then(setCounted, (error: unknown) => {
          if (!ended.signal.aborted && !(error instanceof Refusal)) throw error;
        });
    });
    return () => {
      cancel();
      ended.abort();
    };
  }, [body]);
  return counted;
}
