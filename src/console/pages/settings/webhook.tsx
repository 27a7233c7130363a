import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { WebhookWithSecret } from '../../../http/schemas/webhook.ts';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Banner } from '../../parts/banner.tsx';
import { toast } from '../../parts/toast.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf, go } from '../../state/place.ts';
import { Deliveries } from './deliveries.tsx';
import { EditWebhook } from './edit-webhook.tsx';
import { EventNames } from './event-name.tsx';
import { ShownOnce } from './shown-once.tsx';
import type { Webhook as WebhookFacts } from './webhook-facts.ts';
import { webhookWords as words } from './words.ts';

/** One webhook: what it is told of, and what became of each call. */
export function Webhook({ id }: { id: string }) {
  const { rows, refusal, reload } = useList<WebhookFacts>('/v1/webhooks?limit=500');
  return (
    <>
      <BackLink href={addressOf('settings', ['webhooks'])} label={words('back')} />
      <Waiting data={rows?.find((one) => one.id === id)} refusal={refusal}>
        {(webhook) => <Card webhook={webhook} onChanged={reload} />}
      </Waiting>
    </>
  );
}

function Card({ webhook, onChanged }: { webhook: WebhookFacts; onChanged: () => void }) {
  const { id, url, events, source, previousSecretUntil, goneSince } = webhook;
  const [open, setOpen] = useState<'edit' | 'rotate' | 'remove' | undefined>(undefined);
  const [secret, setSecret] = useState<string | undefined>(undefined);
  const deed = useDeed();
  const close = (): void => setOpen(undefined);
  const rotate = async (): Promise<void> => {
    const made = await deed.ask(() => api.post<Static<typeof WebhookWithSecret>>(`/v1/webhooks/${id}/secret`));
    close();
    if (!made) return;
    setSecret(made.secret);
    onChanged();
  };
  const remove = async (): Promise<void> => {
    const gone = await deed.ask(() => api.delete(`/v1/webhooks/${id}`), { done: words('removed') });
    close();
    if (gone) go(addressOf('settings', ['webhooks']));
  };
  return (
    <>
      <section class="card stack">
        <h2 class="written">{url}</h2>
        <p class="quiet">
          {words('events')}: <EventNames events={events} />
        </p>
        {goneSince !== null && <Banner tone="bad" text={words('goneText', { when: when(goneSince) })} />}
        {previousSecretUntil && <Banner tone="info" text={words('oldUntil', { when: when(previousSecretUntil) })} />}
        {source === 'file' ? (
          <p class="quiet">{words('fromFileText')}</p>
        ) : (
          <div class="row">
            <button type="button" class="button" onClick={() => setOpen('edit')}>
              {words('edit')}
            </button>
            <button type="button" class="button" onClick={() => setOpen('rotate')}>
              {words('rotate')}
            </button>
            <button type="button" class="button danger" onClick={() => setOpen('remove')}>
              {words('remove')}
            </button>
          </div>
        )}
      </section>
      <Deliveries id={id} onAgain={onChanged} />
      {open === 'edit' && (
        <EditWebhook
          webhook={webhook}
          onClose={close}
          onDone={() => {
            close();
            toast('good', words('changed'));
            onChanged();
          }}
        />
      )}
      {open === 'rotate' && (
        <AskFirst
          title={words('rotateTitle')}
          text={words('rotateText')}
          yes={words('rotate')}
          isBusy={deed.isBusy}
          onYes={() => void rotate()}
          onClose={close}
        />
      )}
      {open === 'remove' && (
        <AskFirst
          title={words('removeTitle')}
          text={words('removeText', { url })}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void remove()}
          onClose={close}
        />
      )}
      {secret !== undefined && <ShownOnce title={words('rotated')} secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  );
}
