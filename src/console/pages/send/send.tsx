import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Sim } from '../../../http/schemas/hardware.ts';
import type { BatchResult, Message } from '../../../http/schemas/message.ts';
import { api, newKey, type Problem, Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { problemAt } from '../../api/use-deed.ts';
import { now } from '../../browser-clock.ts';
import { money, phone } from '../../i18n/format.ts';
import { fieldValue, instantAt } from '../../i18n/zoned.ts';
import type { PageProps } from '../../page.ts';
import { ClientChoices, type FoundClient, useClients } from '../../parts/client-choices.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Choice, Field, TextArea } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { SegmentCounter } from '../../parts/segment-counter.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { TemplatePicker } from '../../parts/template-picker.tsx';
import { templatePickerWords } from '../../parts/template-picker-words.ts';
import { toast } from '../../parts/toast.tsx';
import { unfilledIn } from '../../parts/unfilled.ts';
import { useEstimate } from '../../parts/use-estimate.ts';
import { useVerdicts, Verdicts, type Wish } from '../../parts/verdicts.tsx';
import { addressOf } from '../../state/place.ts';
import { site } from '../../state/session.ts';
import { adviceWords } from '../../words/advice.ts';
import { problemWords } from '../../words/problems.ts';
import { PhonePreview } from './phone-preview.tsx';
import { nameIn, recipientsIn, withClient } from './recipients.ts';
import { words } from './words.ts';
import './send.css';

/** As many as one request to the API takes. */
const MOST = 1000;
const HOUR = 3_600_000;

export default function Send({ place }: PageProps) {
  const { timeZone, name } = site();
  const to = useSignal(place.query.get('to') ?? '');
  const text = useSignal(place.query.get('text') ?? '');
  const purpose = useSignal<'service' | 'promotional' | 'urgent'>('service');
  const sim = useSignal(place.query.get('sim') ?? '');
  const isLater = useSignal(false);
  const at = useSignal(fieldValue(now() + HOUR, timeZone));
  const transliterate = useSignal(false);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const unfilled = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const isAsking = useSignal(false);
  const key = useRef({ body: '', key: '' });
  const sims = useData<{ data: readonly Sim[] }>('/v1/sims?limit=500');

  const sought = nameIn(to.value);
  const { found, first } = useClients(sought);
  const choose = (client: FoundClient): void => {
    to.value = withClient(to.value, client);
  };
  const numbers = recipientsIn(to.value).filter((number) => number !== sought);
  const sendAt = isLater.value ? instantAt(at.value, timeZone) : undefined;
  const wish: Wish = {
    text: text.value,
    purpose: purpose.value,
    ...(sim.value === '' ? {} : { sim: sim.value }),
    ...(sendAt === undefined ? {} : { sendAt }),
    ...(transliterate.value ? { transliterate: true } : {}),
  };
  const estimate = useEstimate({
    text: text.value,
    purpose: purpose.value,
    transliterate: transliterate.value,
    ...(sim.value === '' ? {} : { sim: sim.value }),
    ...(numbers.length === 1 && numbers[0] ? { to: numbers[0] } : {}),
  });
  const verdicts = useVerdicts(numbers, wish);
  const isReady = numbers.length > 0 && sought === undefined && numbers.length <= MOST && text.value.trim() !== '' && !busy.value;

  const send = async (): Promise<void> => {
    if (!isReady) return;
    isAsking.value = false;
    unfilled.value = unfilledIn(text.value);
    if (unfilled.value !== undefined) return;
    const messages = numbers.map((number) => ({ ...wish, to: number }));
    const body = JSON.stringify(messages);
    if (key.current.body !== body) key.current = { body, key: newKey() };
    busy.value = true;
    try {
      await sendAll(messages, key.current.key);
      to.value = '';
      text.value = '';
      refusal.value = undefined;
      key.current = { body: '', key: '' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal.value = error;
    } finally {
      busy.value = false;
    }
  };

  const wrong = wrongIn(refusal.value, unfilled.value);
  return (
    <div class="send">
      <h1>{words('title')}</h1>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (numbers.length > 1) isAsking.value = true;
          else void send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        <div class="stack tight">
          <TextArea
            label={words('to')}
            value={to}
            hint={words('toHint')}
            problem={numbers.length > MOST ? words('tooMany', { n: MOST }) : wrong.to}
            rows={numbers.length > 2 ? 5 : 2}
            required
            autofocus
            onEnter={first && (() => choose(first))}
          />
          {sought !== undefined &&
            (found.length > 0 ? <ClientChoices found={found} onChoose={choose} /> : <p class="quiet small">{words('unknownName')}</p>)}
        </div>
        <div class="stack tight">
          <TextArea label={words('text')} value={text} problem={wrong.text} rows={5} required />
          <div class="row apart">
            <SegmentCounter estimate={estimate} />
            <TemplatePicker
              onText={(chosen) => {
                text.value = chosen;
              }}
            />
          </div>
          {estimate?.encoding === 'ucs2' && (
            <Check
              label={words('transliterate')}
              checked={transliterate.value}
              onChange={(on) => {
                transliterate.value = on;
              }}
            />
          )}
          {transliterate.value && estimate?.encoding === 'gsm7' && (
            <Check label={words('transliterate')} checked onChange={() => (transliterate.value = false)} />
          )}
          {estimate?.advice.map(({ rule, reason }) => (
            <p key={rule} class="advice small">
              <Icon name="info" />
              <span>{adviceWords(reason)}</span>
            </p>
          ))}
        </div>
        <div class="send-choices">
          <Choice
            label={words('purpose')}
            value={purpose.value}
            options={[
              { value: 'service', label: words('service') },
              { value: 'promotional', label: words('promotional') },
              { value: 'urgent', label: words('urgent') },
            ]}
            onChoose={(value) => {
              purpose.value = value;
            }}
          />
          <Choice
            label={words('sim')}
            value={sim.value}
            options={[{ value: '', label: words('anySim') }, ...(sims.data?.data ?? []).map(simOption)]}
            onChoose={(value) => {
              sim.value = value;
            }}
          />
        </div>
        <div class="row">
          <Segmented
            label={words('time')}
            value={isLater.value ? 'later' : 'now'}
            options={[
              { value: 'now', label: words('now') },
              { value: 'later', label: words('later') },
            ]}
            onChoose={(value) => {
              isLater.value = value === 'later';
            }}
          />
        </div>
        {isLater.value && (
          <Field
            label={words('at')}
            value={at}
            type="datetime-local"
            hint={words('atHint', { zone: timeZone })}
            required
            problem={wrong.sendAt}
          />
        )}
        <div class="row apart">
          <p class="quiet">
            {estimate?.cost && numbers.length > 0 ? words('total', { cost: totalOf(estimate.cost, numbers.length) }) : ''}
          </p>
          <button type="submit" class="button primary" disabled={!isReady}>
            <Icon name="send" />
            {isLater.value ? words('schedule') : numbers.length === 0 ? words('title') : words('sendTo', { n: numbers.length })}
          </button>
        </div>
      </form>
      <aside class="stack">
        <h2>{words('preview')}</h2>
        <PhonePreview from={fromOf(sims.data?.data ?? [], sim.value) ?? name} estimate={estimate} />
        {verdicts.length > 0 && (
          <>
            <h2>{words('verdicts')}</h2>
            <Verdicts verdicts={verdicts} count={numbers.length} />
          </>
        )}
      </aside>
      {isAsking.value && (
        <Dialog
          title={words('confirmMany', { n: numbers.length })}
          onClose={() => {
            isAsking.value = false;
          }}
          actions={
            <button type="button" class="button primary" onClick={() => void send()}>
              {words('sendTo', { n: numbers.length })}
            </button>
          }
        >
          <p>{words('confirmText')}</p>
          {estimate?.cost && <p>{words('total', { cost: totalOf(estimate.cost, numbers.length) })}</p>}
        </Dialog>
      )}
    </div>
  );
}

/** What is wrong, by field; what is wrong with no one field of them is said beside the text. */
function wrongIn(
  refusal: Refusal | undefined,
  unfilled: string | undefined,
): Partial<Record<'to' | 'sendAt' | 'text', string | undefined>> {
  if (unfilled !== undefined) return { text: templatePickerWords('unfilled', { field: unfilled }) };
  if (!refusal) return {};
  // Where there are several, what is wrong is the same with each.
  const at = (name: string): string | undefined => problemAt(refusal, `/${name}`) ?? problemAt(refusal, `/messages/0/${name}`);
  const found = { to: at('to'), sendAt: at('sendAt'), text: at('text') };
  return Object.values(found).some((one) => one !== undefined) ? found : { text: problemWords(refusal) };
}

const simOption = ({ iccid, name, number }: Sim): { value: string; label: string } => ({
  value: iccid,
  label: [name, number === null ? null : phone(number)].filter((one) => one !== null).join(' · ') || iccid,
});

const fromOf = (sims: readonly Sim[], iccid: string): string | undefined => {
  const number = (sims.find((one) => one.iccid === iccid) ?? sims[0])?.number ?? undefined;
  return number === undefined ? undefined : phone(number);
};

const totalOf = ({ amount, currency }: { amount: string; currency: string }, count: number): string =>
  money({ amount: Number(amount) * count, currency });

/** @throws Refusal where nothing was taken */
async function sendAll(messages: readonly (Wish & { to: string })[], idempotencyKey: string): Promise<void> {
  const [only] = messages;
  if (messages.length === 1 && only) {
    const { id, to } = await api.post<Message>('/v1/messages', only, { idempotencyKey });
    toast('good', words('sent', { n: 1 }), <a href={addressOf('conversations', [to])}>{words('look')}</a>);
    if (id === null) throw new Error('a message that was accepted has an id');
    return;
  }
  const { results }: Static<typeof BatchResult> = await api.post('/v1/messages/batch', { messages }, { idempotencyKey });
  const refused = results.filter(
    (result): result is { problem: Problem } => typeof result === 'object' && result !== null && 'problem' in result,
  );
  const [first] = refused;
  if (first && refused.length === results.length) throw new Refusal(first.problem);
  toast('good', words('sent', { n: results.length - refused.length }), <a href={addressOf('queue')}>{words('look')}</a>);
  if (first) toast('bad', `${words('refused', { n: refused.length })}: ${problemWords(new Refusal(first.problem))}`);
}
