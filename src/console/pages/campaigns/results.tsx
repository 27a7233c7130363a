import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { CampaignResults } from '../../../http/schemas/campaign.ts';
import { withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { percent } from '../../i18n/format.ts';
import { Segmented } from '../../parts/segmented.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { campaignSentence, words } from './words.ts';

type Found = Static<typeof CampaignResults>;
type Shares = Found['variants'][number]['delivered'];

const MEASURES = ['replied', 'delivered', 'cameBack', 'optedOut'] as const;

/** Milliseconds between looks. */
const LOOK = 5000;

/** How the texts did, each figure with the range in which the truth lies. */
export function Results({ id }: { id: string }) {
  const measure = useSignal<(typeof MEASURES)[number]>('replied');
  const { data, refusal } = useData<Found>(withQuery(`/v1/campaigns/${encodeURIComponent(id)}/results`, { measure: measure.value }), {
    each: LOOK,
  });
  return (
    <section class="stack">
      <div class="row apart">
        <h2>{words('results')}</h2>
        <Segmented
          label={words('measure')}
          value={measure.value}
          options={MEASURES.map((one) => ({ value: one, label: words(one) }))}
          onChoose={(chosen) => {
            measure.value = chosen;
          }}
        />
      </div>
      <Waiting data={data} refusal={refusal}>
        {({ comparison, variants }) => (
          <section class="card stack labelled campaign-results">
            <p>{inWords(comparison, variants, measure.value)}</p>
            <Table
              caption={words('results')}
              rows={variants}
              keyOf={({ name }) => name}
              columns={[
                { key: 'name', label: words('variant'), cell: ({ name }) => <b class="written">{name}</b> },
                { key: 'sent', label: words('sent'), kind: 'number', cell: ({ sent }) => sent },
                ...MEASURES.map((one) => ({
                  key: one,
                  label: words(one),
                  kind: 'number' as const,
                  cell: (variant: Found['variants'][number]) => <Range shares={variant[one]} />,
                })),
              ]}
            />
            <p class="quiet small">{words('intervalText')}</p>
          </section>
        )}
      </Waiting>
    </section>
  );
}

function inWords({ finding, best, next }: Found['comparison'], variants: Found['variants'], measure: (typeof MEASURES)[number]): string {
  const rate = (name: string | null): string => percent(variants.find((variant) => variant.name === name)?.[measure].rate ?? 0, 1);
  return campaignSentence(finding, { a: best ?? '', b: next ?? '', x: rate(best), y: rate(next) });
}

function Range({ shares: { count, rate, low, high } }: { shares: Shares }) {
  return (
    <span>
      <b>{count}</b>
      <br />
      <span class="quiet small">{`${percent(rate, 1)} (${percent(low, 1)}–${percent(high, 1)})`}</span>
    </span>
  );
}
