import { useState } from 'preact/hooks';
import type { Campaign } from '../../../http/schemas/campaign.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { money, percent } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Banner } from '../../parts/banner.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { Estimate } from './estimate.tsx';
import { StatePill } from './list.tsx';
import { Results } from './results.tsx';
import { words } from './words.ts';

/** Milliseconds between looks at one that goes on. */
const LOOK = 3000;

export function OneCampaign({ id }: { id: string }) {
  const { data, refusal, reload } = useData<Campaign>(`/v1/campaigns/${encodeURIComponent(id)}`, { each: LOOK });
  return (
    <>
      <BackLink href={addressOf('campaigns')} label={words('back')} />
      <Waiting data={data} refusal={refusal}>
        {(campaign) => <Card campaign={campaign} onChanged={reload} />}
      </Waiting>
    </>
  );
}

function Card({ campaign, onChanged }: { campaign: Campaign; onChanged: () => void }) {
  const { id, name, state, reason, variants } = campaign;
  const [isCancelling, cancel] = useState(false);
  const deed = useDeed();
  const turn = async (what: 'pause' | 'resume' | 'cancel'): Promise<void> => {
    await deed.ask(() => api.post(`/v1/campaigns/${id}/${what}`));
    cancel(false);
    onChanged();
  };
  const isOver = state === 'finished' || state === 'cancelled';
  return (
    <>
      <header class="page-head">
        <h1 class="written">{name}</h1>
        {may('send') && !isOver && (
          <div class="row">
            {(state === 'running' || state === 'planning' || state === 'scheduled') && (
              <button type="button" class="button primary" disabled={deed.isBusy} onClick={() => void turn('pause')}>
                {words('pause')}
              </button>
            )}
            {state === 'paused' && (
              <button type="button" class="button primary" disabled={deed.isBusy} onClick={() => void turn('resume')}>
                {words('resume')}
              </button>
            )}
            <button type="button" class="button danger" onClick={() => cancel(true)}>
              {words('cancel')}
            </button>
          </div>
        )}
      </header>
      <p>
        <StatePill state={state} />
      </p>
      {reason === 'budget' && <Banner tone="warn" text={words('pausedByBudget')} />}
      {reason === 'optOuts' && <Banner tone="warn" text={words('pausedByOptOuts')} />}
      {state === 'draft' ? <Estimate campaign={campaign} onStarted={onChanged} /> : <Progress campaign={campaign} />}
      <section class="campaign-texts">
        {variants.map(({ name: called, template, texts, share }) => (
          <figure key={called} class="card stack tight">
            <figcaption>
              <b class="written">{called}</b> <span class="quiet">{percent(share / 100)}</span>
            </figcaption>
            <p class="campaign-bubble written">{template ?? Object.values(texts ?? {})[0]}</p>
          </figure>
        ))}
      </section>
      {state !== 'draft' && <Results id={id} />}
      {isCancelling && (
        <AskFirst
          title={words('cancelTitle')}
          text={words('cancelText')}
          yes={words('cancel')}
          isBusy={deed.isBusy}
          onYes={() => void turn('cancel')}
          onClose={() => cancel(false)}
        />
      )}
    </>
  );
}

function Progress({ campaign: { progress, spent } }: { campaign: Campaign }) {
  const { planned, waiting, begun, skipped, cancelled } = progress;
  const total = planned + waiting + begun + cancelled;
  const facts = [
    ['begun', begun],
    ['waiting', waiting],
    ['planned', planned],
    ['skipped', skipped],
  ] as const;
  return (
    <section class="card stack">
      <meter class="campaign-meter" min={0} max={Math.max(1, total)} value={begun} aria-label={words('progress')} />
      <dl class="campaign-counts">
        {facts.map(([key, n]) => (
          <div key={key}>
            <dt>{words(key)}</dt>
            <dd>{n}</dd>
          </div>
        ))}
        {spent && (
          <div>
            <dt>{words('spent')}</dt>
            <dd>{money(spent)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
