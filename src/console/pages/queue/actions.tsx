import { useSignal } from '@preact/signals';
import type { Message, Resolve } from '../../../http/schemas/message.ts';
import { api, Refusal } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { toast } from '../../parts/toast.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

/** What policy holds, and a person may let go. */
const HOLDS: readonly (string | null)[] = [
  'quietHours',
  'allPerDay',
  'promotionalPer7Days',
  'unanswered',
  'visitNear',
  'repairUnderWay',
  'lowRating',
];

/** What can be done about a message as it is now. */
export function Actions({ message, onDone }: { message: Message; onDone: () => void }) {
  const { id, status, reason, to, text } = message;
  const why = useSignal('');
  const isAsking = useSignal(false);
  const deed = useDeed();

  const act = async (what: () => Promise<unknown>, said: string): Promise<void> => {
    try {
      await what();
      toast('good', said);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
    onDone();
  };
  const path = `/v1/messages/${id}`;
  const release = async (): Promise<void> => {
    const done = await deed.ask(() => api.post(`${path}/release`, { reason: why.value }), { done: words('released'), quietly: true });
    if (done === undefined) return;
    isAsking.value = false;
    onDone();
  };
  const resolve = (as: Resolve['as']): void => void act(() => api.post(`${path}/resolve`, { as }), words('resolved'));

  if (!may('send')) return null;
  return (
    <>
      {status === 'uncertain' && (
        <Banner tone="warn" text={words('resolveText')}>
          <div class="row">
            <button type="button" class="button slim" onClick={() => resolve('sent')}>
              {words('asSent')}
            </button>
            <button type="button" class="button slim" onClick={() => resolve('resend')}>
              {words('asResend')}
            </button>
            <button type="button" class="button slim" onClick={() => resolve('failed')}>
              {words('asFailed')}
            </button>
          </div>
        </Banner>
      )}
      <div class="row">
        {(status === 'held' || status === 'queued' || status === 'accepted') && (
          <button type="button" class="button danger slim" onClick={() => void act(() => api.delete(path), words('cancelled'))}>
            {words('cancel')}
          </button>
        )}
        {status === 'held' && HOLDS.includes(reason) && may('operate') && (
          <button
            type="button"
            class="button slim"
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {words('release')}
          </button>
        )}
        {(status === 'failed' || status === 'expired' || status === 'undelivered' || status === 'cancelled') && text !== null && (
          <a class="button slim" href={addressOf('send', [], { to, text })}>
            {words('again')}
          </a>
        )}
      </div>
      {isAsking.value && (
        <Dialog
          title={words('release')}
          onClose={() => {
            isAsking.value = false;
          }}
        >
          <Form onSubmit={release} refusal={deed.refusal}>
            <Field
              label={words('releaseWhy')}
              value={why}
              hint={words('releaseHint')}
              required
              maxLength={200}
              problem={problemAt(deed.refusal, '/reason')}
            />
            <button type="submit" class="button primary" disabled={deed.isBusy}>
              {words('release')}
            </button>
          </Form>
        </Dialog>
      )}
    </>
  );
}
