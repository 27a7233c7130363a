import { useSignal } from '@preact/signals';
import { api } from '../api/client.ts';
import { problemAt, useDeed } from '../api/use-deed.ts';
import { now } from '../browser-clock.ts';
import { fieldValue, instantAt } from '../i18n/zoned.ts';
import { me, site } from '../state/session.ts';
import { consentSource, purposeName } from '../words/consent.ts';
import { Dialog } from './dialog.tsx';
import { Choice, Field, TextArea } from './field.tsx';
import { Form } from './form.tsx';
import { FormEnd } from './form-end.tsx';
import { wishesWords as words } from './wishes-words.ts';

const SOURCES = ['inPerson', 'paper', 'call', 'form', 'other'] as const;
const PURPOSES = ['promotional', 'service'] as const;

/** Writes into the ledger that a client has agreed. @param number where it is not known yet, it is asked for */
export function GiveConsent({ number, onClose, onDone }: { number?: string; onClose: () => void; onDone: (number: string) => void }) {
  const to = useSignal(number ?? '');
  const purpose = useSignal<(typeof PURPOSES)[number]>('promotional');
  const source = useSignal<(typeof SOURCES)[number]>('inPerson');
  const other = useSignal('');
  const wording = useSignal('');
  const actor = useSignal(me().name);
  const at = useSignal(fieldValue(now(), site().timeZone));
  const deed = useDeed();

  const submit = async (): Promise<void> => {
    const given = {
      to: to.value,
      purpose: purpose.value,
      source: source.value === 'other' ? other.value.trim() : source.value,
      wording: wording.value.trim(),
      actor: actor.value.trim(),
      at: instantAt(at.value, site().timeZone) ?? at.value,
    };
    const kept = await deed.ask(() => api.post<{ to: string }>('/v1/consents', given), { done: words('recorded') });
    if (!kept) return;
    onDone(kept.to);
    onClose();
  };

  return (
    <Dialog title={words('giveConsent')} onClose={onClose}>
      <Form onSubmit={submit}>
        {number === undefined && (
          <Field label={words('number')} value={to} type="tel" required autofocus problem={problemAt(deed.refusal, '/to')} />
        )}
        <Choice
          label={words('purpose')}
          value={purpose.value}
          options={PURPOSES.map((one) => ({ value: one, label: purposeName(one) }))}
          onChoose={(chosen) => {
            purpose.value = chosen;
          }}
        />
        <Choice
          label={words('how')}
          value={source.value}
          options={SOURCES.map((one) => ({ value: one, label: one === 'other' ? words('otherSource') : consentSource(one) }))}
          onChoose={(chosen) => {
            source.value = chosen;
          }}
        />
        {source.value === 'other' && (
          <Field label={words('otherSourceLabel')} value={other} required maxLength={40} problem={problemAt(deed.refusal, '/source')} />
        )}
        <TextArea
          label={words('wording')}
          value={wording}
          hint={words('wordingHint')}
          required
          rows={3}
          maxLength={2000}
          problem={problemAt(deed.refusal, '/wording')}
        />
        <Field label={words('actor')} value={actor} required maxLength={100} problem={problemAt(deed.refusal, '/actor')} />
        <Field
          label={words('at')}
          value={at}
          type="datetime-local"
          hint={words('atHint')}
          required
          problem={problemAt(deed.refusal, '/at')}
        />
        <FormEnd act={words('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
