import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Campaign, CampaignEstimate } from '../../../http/schemas/campaign.ts';
import { api, Refusal } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { money } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { SegmentCounter } from '../../parts/segment-counter.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { may } from '../../state/session.ts';
import { reasons } from '../../words/message.ts';
import { problems } from '../../words/problems.ts';
import { campaignSentence, words } from './words.ts';

type Outlook = Static<typeof CampaignEstimate>;

/** What a draft would do, asked once: every text is written and judged for it. */
export function Estimate({ campaign: { id }, onStarted }: { campaign: Campaign; onStarted: () => void }) {
  const [{ outlook, refusal }, setState] = useState<{ outlook?: Outlook; refusal?: Refusal }>({});
  const [isStarting, start] = useState(false);
  useEffect(() => {
    if (!may('send')) return;
    api.post<Outlook>(`/v1/campaigns/${id}/estimate`).then(
      (found) => setState({ outlook: found }),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        setState({ refusal: error });
      },
    );
  }, [id]);
  if (!may('send')) return null;
  return (
    <section class="card stack">
      <h2>{words('estimate')}</h2>
      <Waiting data={outlook} refusal={refusal}>
        {(found) => (
          <>
            <Facts outlook={found} />
            <div>
              <button type="button" class="button primary" disabled={found.messages === 0} onClick={() => start(true)}>
                {words('start')}
              </button>
            </div>
            {isStarting && <Start id={id} recipients={found.recipients} onClose={() => start(false)} onStarted={onStarted} />}
          </>
        )}
      </Waiting>
    </section>
  );
}

function Facts({
  outlook: { recipients, messages, unreached, refused, segments, longest, cost, days, sims, notes },
}: {
  outlook: Outlook;
}) {
  const facts: [string, string | number | null][] = [
    [words('inList'), recipients],
    [words('cost'), cost === null ? null : money(cost)],
    [words('segmentsCount'), segments],
    [words('days'), days],
  ];
  const left: [string, number][] = [
    [words('channel'), unreached.channel],
    [words('noNumber'), unreached.noNumber],
    [words('sameNumber'), unreached.sameNumber],
    ...Object.entries(refused).map(([code, n]): [string, number] => [
      reasons.maybe(code) ?? problems.maybe(code)?.replace(/\.$/, '') ?? code,
      n,
    ]),
  ];
  const missed = left.filter(([, n]) => n > 0);
  return (
    <>
      <p class="campaign-reach">{words('reaches', { n: messages })}</p>
      <dl class="campaign-counts">
        {facts.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {missed.length > 0 && (
        <section class="stack tight">
          <h3>{words('unreached')}</h3>
          <ul>
            {missed.map(([label, n]) => (
              <li key={label}>
                {label}: <b>{n}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
      {longest.text !== '' && (
        <section class="stack tight">
          <h3>{words('longest')}</h3>
          <p class="campaign-bubble written">{longest.text}</p>
          <SegmentCounter estimate={{ ...longest, segmentCount: longest.segments }} />
        </section>
      )}
      {notes.map((note) => (
        <Banner key={note} tone={note === 'days' ? 'info' : 'warn'} text={campaignSentence(note, { sims, days: days ?? '' })} />
      ))}
    </>
  );
}

/** Whoever starts it types in how many it reaches. */
function Start({ id, recipients, onClose, onStarted }: { id: string; recipients: number; onClose: () => void; onStarted: () => void }) {
  const typed = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const done = await deed.ask(() => api.post(`/v1/campaigns/${id}/start`, { recipients: Number(typed.value) }), {
      done: words('started'),
      quietly: true,
    });
    if (done !== undefined) onStarted();
  };
  return (
    <Dialog title={words('startTitle')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field label={words('typeCount')} value={typed} type="number" hint={words('typeCountHint', { n: recipients })} required autofocus />
        <FormEnd act={words('start')} disabled={deed.isBusy || Number(typed.value) !== recipients} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
