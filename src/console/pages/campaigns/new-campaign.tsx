import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Campaign, CreateCampaign } from '../../../http/schemas/campaign.ts';
import type { Segment as SegmentSchema } from '../../../http/schemas/segment.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { instantAt } from '../../i18n/zoned.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Check, Choice, Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { SegmentCounter } from '../../parts/segment-counter.tsx';
import { useEstimate } from '../../parts/use-estimate.ts';
import { partWords } from '../../parts/words.ts';
import { addressOf, go } from '../../state/place.ts';
import { site } from '../../state/session.ts';
import { words } from './words.ts';

const CURRENCIES: Readonly<Record<string, string>> = { UA: 'UAH', KZ: 'KZT', PL: 'PLN', RU: 'RUB', BY: 'BYN', KG: 'KGS' };

/** A draft: nothing of it is sent before somebody has seen the estimate and started it. */
export function NewCampaign() {
  const name = useSignal('');
  const segment = useSignal('');
  const textA = useSignal('');
  const textB = useSignal('');
  const isTried = useSignal(false);
  const purpose = useSignal<'promotional' | 'service'>('promotional');
  const perHour = useSignal('');
  const startAt = useSignal('');
  const budget = useSignal('');
  const segments = useList<Static<typeof SegmentSchema>>('/v1/segments?limit=500');
  const deed = useDeed();
  const currency = CURRENCIES[site().country ?? ''] ?? 'EUR';

  const variant = (called: string, text: string, share: number): CreateCampaign['variants'][number] => ({
    name: called,
    texts: { [site().language]: text },
    share,
  });
  const submit = async (): Promise<void> => {
    const begins = startAt.value === '' ? undefined : instantAt(startAt.value, site().timeZone);
    const plan: CreateCampaign = {
      name: name.value.trim(),
      ...(segment.value === '' ? {} : { segment: segment.value }),
      variants: isTried.value ? [variant('A', textA.value, 50), variant('B', textB.value, 50)] : [variant('A', textA.value, 100)],
      purpose: purpose.value,
      ...(perHour.value === '' ? {} : { perHour: Number(perHour.value) }),
      ...(begins === undefined ? {} : { startAt: begins }),
      ...(budget.value.trim() === '' ? {} : { budget: { amount: budget.value.trim().replace(',', '.'), currency } }),
    };
    const kept = await deed.ask(() => api.post<Campaign>('/v1/campaigns', plan), { quietly: true });
    if (kept) go(addressOf('campaigns', ['of', kept.id]));
  };

  return (
    <>
      <BackLink href={addressOf('campaigns')} label={words('back')} />
      <h1>{words('add')}</h1>
      <Form class="card stack campaign-form" onSubmit={submit} refusal={deed.refusal}>
        <Field
          label={words('name')}
          value={name}
          hint={words('nameHint')}
          required
          autofocus
          maxLength={60}
          problem={problemAt(deed.refusal, '/name')}
        />
        <Choice
          label={words('whom')}
          value={segment.value}
          options={[
            { value: '', label: words('everybody') },
            ...(segments.rows ?? []).map((one) => ({ value: one.name, label: one.name })),
          ]}
          onChoose={(chosen) => {
            segment.value = chosen;
          }}
        />
        <Text label={words('textA')} value={textA} problem={problemAt(deed.refusal, '/variants/0')} purpose={purpose.value} />
        <Check
          label={words('tryTwo')}
          checked={isTried.value}
          hint={words('tryTwoHint')}
          onChange={(on) => {
            isTried.value = on;
          }}
        />
        {isTried.value && (
          <Text label={words('textB')} value={textB} problem={problemAt(deed.refusal, '/variants/1')} purpose={purpose.value} />
        )}
        <Choice
          label={words('purpose')}
          value={purpose.value}
          options={[
            { value: 'promotional', label: words('promotional') },
            { value: 'service', label: words('service') },
          ]}
          onChoose={(chosen) => {
            purpose.value = chosen;
          }}
        />
        <details>
          <summary>{words('more')}</summary>
          <div class="stack">
            <Field
              label={words('perHour')}
              value={perHour}
              type="number"
              hint={words('perHourHint')}
              problem={problemAt(deed.refusal, '/perHour')}
            />
            <Field
              label={words('startAt')}
              value={startAt}
              type="datetime-local"
              hint={words('startAtHint')}
              problem={problemAt(deed.refusal, '/startAt')}
            />
            <Field
              label={words('budget', { currency })}
              value={budget}
              hint={words('budgetHint')}
              maxLength={12}
              problem={problemAt(deed.refusal, '/budget')}
            />
          </div>
        </details>
        <div class="row">
          <button type="submit" class="button primary" disabled={deed.isBusy}>
            {words('save')}
          </button>
          <a class="button" href={addressOf('campaigns')}>
            {partWords('cancel')}
          </a>
        </div>
      </Form>
    </>
  );
}

function Text({
  label,
  value,
  problem,
  purpose,
}: {
  label: string;
  value: Parameters<typeof TextArea>[0]['value'];
  problem: string | undefined;
  purpose: 'promotional' | 'service';
}) {
  const estimate = useEstimate({ text: value.value, purpose });
  return (
    <div class="stack tight">
      <TextArea
        label={label}
        value={value}
        hint={words('textHint', { open: '{', close: '}' })}
        rows={4}
        required
        maxLength={2000}
        problem={problem}
      />
      <SegmentCounter estimate={estimate} />
    </div>
  );
}
