import { useSignal } from '@preact/signals';
import type { WebhookDelivery } from '../../../http/schemas/webhook.ts';
import { api, withQuery } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { now } from '../../browser-clock.ts';
import { when, whenExactly } from '../../i18n/format.ts';
import type { Tone } from '../../parts/banner.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { toast } from '../../parts/toast.tsx';
import { deliveryReasons } from './delivery-words.ts';
import { EventName } from './event-name.tsx';
import { webhookWords as words } from './words.ts';

const TONES: Readonly<Record<WebhookDelivery['state'], Tone>> = { pending: 'info', delivered: 'good', failed: 'bad' };

const DAY = 86_400_000;

/** The log of one webhook. What failed goes out again when somebody says so. */
export function Deliveries({ id, onAgain }: { id: string; onAgain: () => void }) {
  const state = useSignal<WebhookDelivery['state'] | 'all'>('all');
  const query = state.value === 'all' ? {} : { state: state.value };
  const deliveries = useList<WebhookDelivery>(withQuery(`/v1/webhooks/${id}/deliveries`, query), () => true);
  const deed = useDeed();
  const again = async (which: { deliveries: readonly number[] } | { failedSince: string }): Promise<void> => {
    const done = await deed.ask(() => api.post<{ resent: number }>(`/v1/webhooks/${id}/resend`, which));
    if (done) toast('good', words('resent', { n: done.resent }));
    deliveries.reload();
    // One that was gone is called again.
    onAgain();
  };
  return (
    <>
      <div class="row apart">
        <h2>{words('open')}</h2>
        <button
          type="button"
          class="button slim"
          disabled={deed.isBusy}
          onClick={() => void again({ failedSince: new Date(now() - DAY).toISOString() })}
        >
          {words('allAgain')}
        </button>
      </div>
      <div>
        <Segmented
          label={words('state')}
          value={state.value}
          options={(['all', 'pending', 'delivered', 'failed'] as const).map((one) => ({ value: one, label: words(one) }))}
          onChoose={(chosen) => {
            state.value = chosen;
          }}
        />
      </div>
      <Listing
        list={deliveries}
        icon="horn"
        none={words('noDeliveries')}
        noneText={words('noDeliveriesText')}
        caption={words('open')}
        keyOf={({ delivery }) => String(delivery)}
        columns={[
          { key: 'when', label: words('when'), cell: ({ createdAt }) => <span class="nowrap">{whenExactly(createdAt)}</span> },
          { key: 'event', label: words('event'), cell: ({ type }) => <EventName event={type} /> },
          { key: 'state', label: words('state'), cell: (delivery) => <State delivery={delivery} /> },
          { key: 'tries', label: words('tries'), kind: 'number', cell: ({ tries }) => tries },
          {
            key: 'error',
            label: words('error'),
            kind: 'grow',
            cell: (delivery) => <span class="written small">{failureWords(delivery)}</span>,
          },
          {
            key: 'deeds',
            label: '',
            kind: 'deeds',
            cell: ({ delivery, state: is }) =>
              is === 'pending' ? null : (
                <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void again({ deliveries: [delivery] })}>
                  {words('again')}
                </button>
              ),
          },
        ]}
      />
    </>
  );
}

function State({ delivery: { state, status, nextTryAt } }: { delivery: WebhookDelivery }) {
  return (
    <span>
      <span class={`pill ${TONES[state]}`}>
        {words(state)}
        {status !== null && ` ${status}`}
      </span>
      {state === 'pending' && nextTryAt && <span class="quiet small nowrap"> {words('nextTry', { when: when(nextTryAt) })}</span>}
    </span>
  );
}

/** In the box's own words where the reason is none that is known. */
const failureWords = ({ reason, error }: WebhookDelivery): string | null =>
  reason === null || error === null ? error : (deliveryReasons.maybe(reason, { error }) ?? error);
