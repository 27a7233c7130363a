import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { WebhookWithSecret } from '../../../http/schemas/webhook.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { EventName } from './event-name.tsx';
import type { Webhook } from './webhook-facts.ts';
import { words as common, webhookWords as words } from './words.ts';

const FAMILIES = ['*', 'message.*', 'inbound.*', 'call.*', 'occasion.*', 'dialogue.*', 'campaign.*', 'sim.*', 'alert.*', 'backup.*'];

type Made = Static<typeof WebhookWithSecret>;

export function EditWebhook({
  webhook,
  onClose,
  onDone,
}: {
  webhook?: Webhook;
  onClose: () => void;
  onDone: (webhook: Webhook | Made) => void;
}) {
  const url = useSignal(webhook?.url ?? 'https://');
  const events = useSignal<readonly string[]>(webhook?.events ?? ['*']);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const wish = { url: url.value.trim(), events: events.value };
    const kept = await deed.ask<Webhook | Made>(
      () => (webhook ? api.put<Webhook>(`/v1/webhooks/${webhook.id}`, wish) : api.post<Made>('/v1/webhooks', wish)),
      { quietly: true },
    );
    if (kept) onDone(kept);
  };
  // What was chosen by another program, event by event, stays as it is unless somebody takes it away.
  const offered = [...FAMILIES, ...events.value.filter((event) => !FAMILIES.includes(event))];
  return (
    <Dialog title={words(webhook ? 'edit' : 'add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <Field
          label={words('url')}
          value={url}
          hint={words('urlHint')}
          required
          autofocus
          maxLength={2000}
          problem={problemAt(deed.refusal, '/url')}
        />
        <fieldset class="plain-set stack tight">
          <legend>{words('events')}</legend>
          {offered.map((event) => (
            <Check
              key={event}
              label={<EventName event={event} />}
              checked={events.value.includes(event)}
              onChange={(on) => {
                if (on) events.value = event === '*' ? ['*'] : [...events.value.filter((one) => one !== '*'), event];
                else events.value = events.value.filter((one) => one !== event);
              }}
            />
          ))}
        </fieldset>
        <FormEnd act={webhook ? common('save') : words('create')} disabled={deed.isBusy || events.value.length === 0} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
