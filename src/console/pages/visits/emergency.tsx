import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { NotifyOccasions, OccasionNotice } from '../../../http/schemas/notify.ts';
import { api, Refusal } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { now } from '../../browser-clock.ts';
import { money } from '../../i18n/format.ts';
import { fieldValue, instantAt } from '../../i18n/zoned.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { site } from '../../state/session.ts';
import { dayToday } from './days.ts';
import { emergencyWords as words } from './emergency-words.ts';
import { begun } from './pending-notice.tsx';
import { ResourceChoice } from './resource-choice.tsx';
import { KIND, type Resource } from './use-week.ts';

const tell = (what: NotifyOccasions): Promise<OccasionNotice> => api.post<OccasionNotice>('/v1/occasions/notify', what);

/** Everybody booked in a period is told at once: that we are late, or that the visits are off. First what it means, then a button. */
export function Emergency({
  action,
  day,
  resource: chosen,
  resources,
  onClose,
  onDone,
}: {
  action: 'late' | 'cancel';
  day: string;
  resource: string;
  resources: readonly Resource[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { timeZone } = site();
  const resource = useSignal(chosen);
  const minutes = useSignal('30');
  const from = useSignal(day === dayToday() ? fieldValue(now(), timeZone) : `${day}T00:00`);
  const until = useSignal(`${day}T23:59`);
  const text = useSignal('');
  const [outlook, setOutlook] = useState<OccasionNotice | undefined>(undefined);
  const deed = useDeed();

  const wish: NotifyOccasions = {
    kind: KIND,
    from: instantAt(from.value, timeZone) ?? '',
    until: instantAt(until.value, timeZone) ?? '',
    action,
    ...(resource.value === '' ? {} : { resource: resource.value }),
    ...(action === 'late' ? { minutes: Number(minutes.value) } : {}),
    ...(text.value.trim() === '' ? {} : { text: text.value.trim() }),
  };
  const body = JSON.stringify(wish);
  useEffect(() => {
    let isOld = false;
    setOutlook(undefined);
    tell(JSON.parse(body)).then(
      (answer) => {
        if (!isOld) setOutlook(answer);
      },
      (error: unknown) => {
        // What is wrong is said when somebody presses the button.
        if (!(error instanceof Refusal)) throw error;
      },
    );
    return () => {
      isOld = true;
    };
  }, [body]);

  const go = async (): Promise<void> => {
    const count = outlook?.count;
    const answer = await deed.ask(() => tell({ ...wish, go: true, ...(count === undefined ? {} : { count }) }), { quietly: true });
    if (!answer) return;
    begun(answer);
    onDone();
    onClose();
  };

  return (
    <Dialog title={words(`${action}Title`)} onClose={onClose}>
      <Form onSubmit={go} refusal={deed.refusal}>
        {action === 'late' && (
          <Field label={words('minutes')} value={minutes} type="number" required autofocus problem={problemAt(deed.refusal, '/minutes')} />
        )}
        <ResourceChoice
          resources={resources}
          value={resource.value}
          none="anybody"
          onChoose={(chosen) => {
            resource.value = chosen;
          }}
        />
        <div class="visit-period">
          <Field label={words('from')} value={from} type="datetime-local" required problem={problemAt(deed.refusal, '/from')} />
          <Field label={words('until')} value={until} type="datetime-local" required problem={problemAt(deed.refusal, '/until')} />
        </div>
        <TextArea
          label={words('text')}
          value={text}
          hint={words('textHint', { open: '{', close: '}' })}
          rows={2}
          maxLength={2000}
          problem={problemAt(deed.refusal, '/text')}
        />
        {outlook && <Outlook outlook={outlook} />}
        <FormEnd
          act={words('go', { n: outlook?.count ?? 0 })}
          disabled={deed.isBusy || !outlook || outlook.count === 0}
          danger
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

function Outlook({ outlook: { count, atOnce, untold, cost, sample } }: { outlook: OccasionNotice }) {
  if (count === 0) return <Banner tone="info" text={words('nobody')} />;
  return (
    <section class="stack tight" aria-live="polite">
      <p>
        <b>{words('count', { n: count })}.</b> {words('atOnce', { n: atOnce })}
        {cost && ` ${words('price', { cost: money(cost) })}.`}
      </p>
      {untold > 0 && <Banner tone="warn" text={words('untold', { n: untold })} />}
      {sample !== null && (
        <figure class="stack tight">
          <figcaption class="quiet small">{words('sample')}</figcaption>
          <p class="visit-sample written">{sample}</p>
        </figure>
      )}
    </section>
  );
}
