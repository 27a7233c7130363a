import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { NewSecondFactor, RecoveryCodes, SecondFactor as State } from '../../http/schemas/second-factor.ts';
import { api } from '../api/client.ts';
import { useData } from '../api/use-data.ts';
import { type Deed, problemAt, useDeed } from '../api/use-deed.ts';
import { Banner } from '../parts/banner.tsx';
import { Field } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { begin } from '../state/session.ts';
import { secondFactorWords as words } from './second-factor-words.ts';
import { words as common } from './words.ts';

const PATH = '/v1/session/second-factor';

/**
 * Whoever sits here has their login ask for a code as well, or no more. Off: the password is asked for; then the secret is shown, until a
 * code confirms it; then the recovery codes, this once. On: the password and a code switch it off.
 */
export function SecondFactor({ onDone }: { onDone: () => void }) {
  const state = useData<State>(PATH);
  const [begun, setBegun] = useState<NewSecondFactor | undefined>(undefined);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | undefined>(undefined);
  if (recoveryCodes) return <Recovery codes={recoveryCodes} onDone={onDone} />;
  if (begun) return <Confirm secret={begun.secret} uri={begun.uri} onConfirmed={setRecoveryCodes} />;
  return (
    <Waiting {...state}>
      {({ on, recoveryCodesLeft }) => (on ? <Off left={recoveryCodesLeft} onDone={onDone} /> : <On onBegun={setBegun} />)}
    </Waiting>
  );
}

function On({ onBegun }: { onBegun: (begun: NewSecondFactor) => void }) {
  const current = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const begun = await deed.ask(() => api.post<NewSecondFactor>(PATH, { current: current.value }), { quietly: true });
    if (begun) onBegun(begun);
  };
  return (
    <Form onSubmit={submit} refusal={elsewhere(deed)}>
      <p>{words('why')}</p>
      <Password value={current} deed={deed} />
      <button type="submit" class="button primary wide" disabled={deed.isBusy}>
        {words('begin')}
      </button>
    </Form>
  );
}

function Confirm({ secret, uri, onConfirmed }: NewSecondFactor & { onConfirmed: (codes: readonly string[]) => void }) {
  const code = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const on = await deed.ask(() => api.put<RecoveryCodes>(PATH, { code: code.value }), { quietly: true });
    if (!on) return;
    // What changes something carries the token of the new session from now on.
    await begin();
    onConfirmed(on.recoveryCodes);
  };
  return (
    <Form onSubmit={submit} refusal={elsewhere(deed)}>
      <p>{words('scan')}</p>
      <QrCode label={words('qr')} text={uri} />
      <p class="small">
        {words('byHand')} <span class="mono">{secret.replaceAll(/.{4}(?!$)/g, '$& ')}</span>
      </p>
      <p class="small">
        <a href={uri}>{words('here')}</a>
      </p>
      <Code value={code} deed={deed} hint={words('firstCodeHint')} autofocus />
      <button type="submit" class="button primary wide" disabled={deed.isBusy}>
        {words('switchOn')}
      </button>
    </Form>
  );
}

function Recovery({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div class="stack">
      <Banner tone="good" text={words('isOn')} />
      <p>{words('recovery')}</p>
      <ul class="recovery-codes mono" aria-label={words('recoveryCodes')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <button type="button" class="button primary wide" ref={takeFocus} onClick={onDone}>
        {words('written')}
      </button>
    </div>
  );
}

/** The field that had it is gone. */
const takeFocus = (button: HTMLButtonElement | null): void => button?.focus();

function Off({ left, onDone }: { left: number; onDone: () => void }) {
  const current = useSignal('');
  const code = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const given = { current: current.value, code: code.value };
    const off = await deed.ask(() => api.post<State>(`${PATH}/off`, given), { done: words('isOff'), quietly: true });
    if (off) onDone();
  };
  return (
    <Form onSubmit={submit} refusal={elsewhere(deed)}>
      <p>{words('on')}</p>
      <p class="quiet">{words('left', { count: left })}</p>
      <Password value={current} deed={deed} />
      <Code value={code} deed={deed} hint={common('codeHint')} />
      <button type="submit" class="button danger wide" disabled={deed.isBusy}>
        {words('switchOff')}
      </button>
    </Form>
  );
}

function Password({ value, deed }: { value: Parameters<typeof Field>[0]['value']; deed: Deed }) {
  return (
    <Field
      label={common('passwordNow')}
      value={value}
      type="password"
      autocomplete="current-password"
      required
      autofocus
      problem={problemAt(deed.refusal, '/current') && common('passwordWrong')}
    />
  );
}

function Code({ value, deed, ...rest }: { value: Parameters<typeof Field>[0]['value']; deed: Deed; hint: string; autofocus?: boolean }) {
  return (
    <Field
      label={common('code')}
      value={value}
      autocomplete="one-time-code"
      required
      maxLength={40}
      problem={problemAt(deed.refusal, '/code') && common('codeWrong')}
      {...rest}
    />
  );
}

/** What is not told beside a field. */
const elsewhere = ({ refusal }: Deed): Deed['refusal'] => (refusal?.errors.length === 0 ? refusal : undefined);
