import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Rule as RuleSchema } from '../../../http/schemas/rule.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Choice, Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { ruleWords as words } from './rule-words.ts';
import { words as common } from './words.ts';

export type Rule = Static<typeof RuleSchema>;

const WAYS = ['words', 'prefix', 'pattern'] as const;
type Way = (typeof WAYS)[number];

export const wayOf = (rule: Rule): Way => (rule.prefix !== null ? 'prefix' : rule.pattern !== null ? 'pattern' : 'words');

/** How a rule tells its texts, as somebody writes it. */
export const writtenOf = (rule: Rule): string => rule.prefix ?? rule.pattern ?? rule.words.join(', ');

export function EditRule({ rule, onClose, onDone }: { rule?: Rule; onClose: () => void; onDone: () => void }) {
  const name = useSignal(rule?.name ?? '');
  const way = useSignal<Way>(rule ? wayOf(rule) : 'words');
  const what = useSignal(rule ? writtenOf(rule) : '');
  const reply = useSignal(rule?.reply ?? '');
  const tag = useSignal(rule?.tag ?? '');
  const notify = useSignal(rule?.notify ?? false);
  const webhook = useSignal(rule?.webhook ?? false);
  const deed = useDeed();

  const submit = async (): Promise<void> => {
    const written = what.value.trim();
    const given = {
      ...(way.value === 'words' ? { words: written.split(',').flatMap((word) => word.trim() || []) } : { [way.value]: written }),
      reply: reply.value.trim() || null,
      tag: tag.value.trim() || null,
      notify: notify.value,
      webhook: webhook.value,
    };
    const kept = await deed.ask(() => api.put(`/v1/rules/${encodeURIComponent(name.value.trim())}`, given), {
      done: words('saved'),
      quietly: true,
    });
    if (!kept) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title={rule?.name ?? words('add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        {!rule && <Field label={words('name')} value={name} required autofocus maxLength={60} problem={problemAt(deed.refusal, '/name')} />}
        <Choice
          label={words('way')}
          value={way.value}
          options={WAYS.map((one) => ({ value: one, label: words(one) }))}
          onChoose={(chosen) => {
            way.value = chosen;
          }}
        />
        <Field
          label={words('when')}
          value={what}
          required
          maxLength={1000}
          hint={way.value === 'prefix' ? undefined : words(`${way.value}Hint`)}
          problem={problemAt(deed.refusal, `/${way.value}`)}
        />
        <TextArea
          label={words('reply')}
          value={reply}
          hint={words('replyHint')}
          rows={3}
          maxLength={600}
          problem={problemAt(deed.refusal, '/reply')}
        />
        <Field label={words('tag')} value={tag} maxLength={40} problem={problemAt(deed.refusal, '/tag')} />
        <Check
          label={words('notify')}
          checked={notify.value}
          onChange={(on) => {
            notify.value = on;
          }}
        />
        <Check
          label={words('webhook')}
          checked={webhook.value}
          onChange={(on) => {
            webhook.value = on;
          }}
        />
        <FormEnd act={common('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
