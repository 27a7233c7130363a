import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Consent as ConsentSchema } from '../../http/schemas/consent.ts';
import type { Suppression as SuppressionSchema } from '../../http/schemas/suppression.ts';
import { api, withQuery } from '../api/client.ts';
import { useData } from '../api/use-data.ts';
import { useDeed } from '../api/use-deed.ts';
import { useList } from '../api/use-list.ts';
import { now } from '../browser-clock.ts';
import { phone, when } from '../i18n/format.ts';
import { may } from '../state/session.ts';
import { consentSource, purposeName, scopeName, suppressionSource } from '../words/consent.ts';
import { AskFirst } from './ask-first.tsx';
import { GiveConsent } from './give-consent.tsx';
import { StopTexts } from './stop-texts.tsx';
import { Waiting } from './waiting.tsx';
import { wishesWords as words } from './wishes-words.ts';

export type Consent = Static<typeof ConsentSchema>;
type Suppression = Static<typeof SuppressionSchema>;
interface Ended {
  readonly data: readonly Suppression[];
  readonly offersHeldUntil: string | null;
}

/** What one number agreed to and what it does not want, each with its proof; and who may, changes it. */
export function Wishes({ number }: { number: string }) {
  const ended = useData<Ended>(withQuery('/v1/suppressions', { to: number }));
  const consents = useList<Consent>(withQuery('/v1/consents', { to: number }));
  const [open, setOpen] = useState<'stop' | 'consent' | undefined>(undefined);
  const [lifting, lift] = useState<Suppression | undefined>(undefined);
  const deed = useDeed();

  const doLift = async (scope: string): Promise<void> => {
    await deed.ask(() => api.delete(withQuery('/v1/suppressions', { to: number, scope })), { done: words('lifted') });
    lift(undefined);
    ended.reload();
  };

  return (
    <div class="stack">
      <Waiting data={ended.data} refusal={ended.refusal}>
        {({ data, offersHeldUntil }) => (
          <section class="stack tight">
            <div class="row apart">
              <h3>{words('stops')}</h3>
              {may('send') && (
                <button type="button" class="button slim" onClick={() => setOpen('stop')}>
                  {words('addStop')}
                </button>
              )}
            </div>
            {offersHeldUntil && <p class="quiet">{words('offersWait', { when: when(offersHeldUntil) })}</p>}
            {data.length === 0 && <p class="quiet">{words('noStops')}</p>}
            <ul class="stack tight">
              {data.map((one) => (
                <li key={one.scope} class="row">
                  <span class="pill warn">{scopeName(one.scope)}</span>
                  <span class="quiet small">{words('since', { source: suppressionSource(one.source), when: when(one.at) })}</span>
                  {may('operate') && (
                    <button type="button" class="button plain slim" onClick={() => lift(one)}>
                      {words('lift')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </Waiting>
      <section class="stack tight">
        <div class="row apart">
          <h3>{words('agreed')}</h3>
          {may('send') && (
            <button type="button" class="button slim" onClick={() => setOpen('consent')}>
              {words('giveConsent')}
            </button>
          )}
        </div>
        {consents.rows?.length === 0 && <p class="quiet">{words('noConsents')}</p>}
        <ul class="stack tight">
          {consents.rows?.map((one) => (
            <li key={one.id}>
              <Proof consent={one} />
            </li>
          ))}
        </ul>
      </section>
      {open === 'stop' && <StopTexts number={number} onClose={() => setOpen(undefined)} onDone={ended.reload} />}
      {open === 'consent' && <GiveConsent number={number} onClose={() => setOpen(undefined)} onDone={consents.reload} />}
      {lifting && (
        <AskFirst
          title={words('liftTitle')}
          text={words('liftText', { what: scopeName(lifting.scope), number: phone(number) })}
          yes={words('lift')}
          isBusy={deed.isBusy}
          onYes={() => void doLift(lifting.scope)}
          onClose={() => lift(undefined)}
        />
      )}
    </div>
  );
}

/** One entry of the ledger, as somebody would show it who is asked for proof. */
function Proof({ consent: { purpose, topic, source, wording, actor, at, until } }: { consent: Consent }) {
  const isOver = until !== null && Date.parse(until) <= now();
  return (
    <details>
      <summary>
        <span class={`pill ${isOver ? '' : 'good'}`}>{topic === null ? purposeName(purpose) : scopeName(`topic:${topic}`)}</span>{' '}
        <span class="quiet small">
          {words('since', { source: consentSource(source), when: when(at) })}
          {until !== null && `, ${words(isOver ? 'ended' : 'until', { when: when(until) })}`}
        </span>
      </summary>
      <dl class="facts">
        <dt>{words('wording')}</dt>
        <dd class="written">{wording}</dd>
        <dt>{words('actor')}</dt>
        <dd>{actor}</dd>
      </dl>
    </details>
  );
}
