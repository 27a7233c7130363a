import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Sim } from '../../../http/schemas/hardware.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { when } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { may } from '../../state/session.ts';
import { allowanceWords } from './allowance-words.ts';

interface AllowanceProps {
  readonly sim: Sim;
  readonly onDone: () => void;
}

/** What an owner lets go past the limits of a SIM: what stands is said to everybody, under the bars of its limits. */
export function AllowancePastLimits({ sim, onDone }: AllowanceProps) {
  const [isOpen, open] = useState(false);
  const deed = useDeed();
  const { iccid, allowance } = sim;
  const end = async (): Promise<void> => {
    await deed.ask(() => api.delete(`/v1/sims/${iccid}/allowance`));
    onDone();
  };
  return (
    <>
      {allowance && (
        <Banner
          tone="info"
          text={allowanceWords('stands', { n: allowance.segments, when: when(allowance.until), reason: allowance.reason })}
        >
          {may('admin') && (
            <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void end()}>
              {allowanceWords('end')}
            </button>
          )}
        </Banner>
      )}
      {may('admin') && !allowance && (
        <div>
          <button type="button" class="button slim" onClick={() => open(true)}>
            {allowanceWords('open')}
          </button>
        </div>
      )}
      {isOpen && <AllowDialog iccid={iccid} onClose={() => open(false)} onDone={onDone} />}
    </>
  );
}

function AllowDialog({ iccid, onClose, onDone }: { iccid: string; onClose: () => void; onDone: () => void }) {
  const segments = useSignal('60');
  const minutes = useSignal('60');
  const reason = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const body = { segments: Number(segments.value), seconds: Number(minutes.value) * 60, reason: reason.value.trim() };
    const given = await deed.ask(() => api.put(`/v1/sims/${iccid}/allowance`, body), {
      done: allowanceWords('allowed'),
      quietly: true,
    });
    if (given === undefined) return;
    onDone();
    onClose();
  };
  const problem = (pointer: string): string | undefined => problemAt(deed.refusal, pointer);
  return (
    <Dialog title={allowanceWords('open')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <p>{allowanceWords('lead')}</p>
        <Field
          label={allowanceWords('segments')}
          hint={allowanceWords('segmentsHint')}
          problem={problem('/segments')}
          value={segments}
          type="number"
          required
          autofocus
        />
        <Field label={allowanceWords('minutes')} problem={problem('/seconds')} value={minutes} type="number" required />
        <Field
          label={allowanceWords('reason')}
          hint={allowanceWords('reasonHint')}
          problem={problem('/reason')}
          value={reason}
          maxLength={200}
          required
        />
        <FormEnd act={allowanceWords('allow')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
