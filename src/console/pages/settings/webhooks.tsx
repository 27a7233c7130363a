import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { WebhookWithSecret } from '../../../http/schemas/webhook.ts';
import { useList } from '../../api/use-list.ts';
import { Listing } from '../../parts/listing.tsx';
import { addressOf } from '../../state/place.ts';
import { EditWebhook } from './edit-webhook.tsx';
import { EventNames } from './event-name.tsx';
import { ShownOnce } from './shown-once.tsx';
import type { Webhook } from './webhook-facts.ts';
import { words as common, webhookWords as words } from './words.ts';

export function Webhooks() {
  const webhooks = useList<Webhook>('/v1/webhooks?limit=500');
  const [isAdding, add] = useState(false);
  const [made, setMade] = useState<Static<typeof WebhookWithSecret> | undefined>(undefined);
  return (
    <>
      <div class="row apart">
        <p class="quiet lead">{words('lead')}</p>
        <button type="button" class="button primary" onClick={() => add(true)}>
          {words('add')}
        </button>
      </div>
      <Listing
        list={webhooks}
        icon="horn"
        none={words('none')}
        noneText={words('noneText')}
        caption={common('webhooks')}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => addressOf('settings', ['webhooks', id])}
        columns={[
          { key: 'url', label: words('url'), kind: 'grow', cell: ({ url }) => <span class="written">{url}</span> },
          { key: 'events', label: words('events'), cell: ({ events }) => <EventNames events={events} /> },
          {
            key: 'source',
            label: '',
            cell: ({ source, goneSince }) => (
              <span class="row">
                {goneSince !== null && <span class="pill bad">{words('gone')}</span>}
                {source === 'file' && <span class="pill tag">{words('fromFile')}</span>}
              </span>
            ),
          },
        ]}
      />
      {isAdding && (
        <EditWebhook
          onClose={() => add(false)}
          onDone={(webhook) => {
            add(false);
            if ('secret' in webhook) setMade(webhook);
            webhooks.reload();
          }}
        />
      )}
      {made && <ShownOnce title={words('created')} secret={made.secret} onClose={() => setMade(undefined)} />}
    </>
  );
}
