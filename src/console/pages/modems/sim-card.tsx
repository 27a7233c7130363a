import { useSignal } from '@preact/signals';
import type { Sim } from '../../../http/schemas/hardware.ts';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { day, money, phone, when } from '../../i18n/format.ts';
import { language } from '../../i18n/language.ts';
import { Banner } from '../../parts/banner.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { AllowancePastLimits } from './allowance.tsx';
import { Ussd } from './ussd.tsx';
import { words } from './words.ts';

/** What is not a code. */
const REST = ['urgent', 'service', 'promotional'] as const;

/** dBm; the bars of a phone are about so. */
const GOOD = -85;
const FAIR = -100;

export function SimCard({ sim, onDone }: { sim: Sim; onDone: () => void }) {
  const {
    iccid,
    name,
    number,
    operator,
    state,
    trouble,
    signalDbm,
    balance,
    caps,
    waitsUntil,
    counters,
    pausedPurposes,
    purposes,
    retired,
  } = sim;
  const isAsking = useSignal(false);
  const isPaused = purposes.length > 0 && purposes.every((purpose) => pausedPurposes.includes(purpose));

  const isReserved =
    !isPaused && purposes.includes('otp') && !pausedPurposes.includes('otp') && REST.every((one) => pausedPurposes.includes(one));
  const deed = useDeed();

  const act = async (what: () => Promise<unknown>, done?: string): Promise<void> => {
    await deed.ask(what, done === undefined ? {} : { done });
    onDone();
  };
  const setPaused = (paused: boolean): Promise<void> =>
    act(() => api.put('/v1/sending', { state: paused ? 'paused' : 'running', sim: iccid }));
  /** A SIM that has nothing else to do sends a code at once. */
  const setReserved = (reserved: boolean): Promise<void> =>
    act(async () => {
      for (const purpose of REST) await api.put('/v1/sending', { state: reserved ? 'paused' : 'running', sim: iccid, purpose });
    });

  return (
    <article class="card stack">
      <header class="row apart">
        <h3>{name ?? operator ?? iccid}</h3>
        <span class="row">
          {retired && <span class="pill">{words('retired')}</span>}
          {isPaused && <span class="pill warn">{words('paused')}</span>}
          {isReserved && <span class="pill info">{words('reserved')}</span>}
          <span class={`pill ${state === 'ready' ? 'good' : state === 'notReady' ? 'warn' : 'bad'}`}>{words(state)}</span>
        </span>
      </header>
      {trouble && (
        <Banner
          tone="bad"
          text={
            language.value === 'en' ? `${trouble.sentence} ${trouble.nextStep}` : `${words(trouble.kind)} ${words(`${trouble.kind}Next`)}`
          }
        />
      )}
      {isPaused && <p class="quiet">{words('pausedText')}</p>}
      {purposes.length === 0 && !retired && <Banner tone="info" text={words('disabledInFile')} />}
      {waitsUntil !== null && <Banner tone="warn" text={words('waits', { when: when(waitsUntil) })} />}
      <dl class="facts">
        <dt>{words('number')}</dt>
        <dd class="number">{number === null ? '–' : phone(number)}</dd>
        <dt>{words('operator')}</dt>
        <dd>{operator ?? '–'}</dd>
        <dt>{words('signal')}</dt>
        <dd>{signalDbm === null ? '–' : `${words(signalWord(signalDbm))}, ${words('dbm', { n: -signalDbm })}`}</dd>
        {balance && (
          <>
            <dt>{words('balance')}</dt>
            <dd>
              {balance.amount !== null && balance.currency !== null && money({ amount: balance.amount, currency: balance.currency })}
              {balance.package && ` · ${words('packageLeft').toLowerCase()}: ${balance.package.left} ${balance.package.unit}`}{' '}
              <span class="quiet small">{words('asOf', { when: when(balance.checkedAt) })}</span>
            </dd>
          </>
        )}
        <Plan sim={sim} />
        <dt>{words('counters')}</dt>
        <dd>{words('countersText', { ...counters })}</dd>
      </dl>
      {caps.length > 0 && (
        <section class="stack tight" aria-label={words('limits')}>
          {caps.map(({ name: cap, used, limit }) => {
            const share = Math.min(1, used / limit);
            return (
              <div key={cap} class="cap">
                <span class="small quiet">{words(cap)}</span>
                <Bar share={share} />
                <span class="small number">
                  {used} / {limit}
                </span>
              </div>
            );
          })}
          <AllowancePastLimits sim={sim} onDone={onDone} />
        </section>
      )}
      <footer class="row">
        {may('send') && (
          <a class="button slim" href={addressOf('send', [], { sim: iccid, text: words('testText') })}>
            {words('test')}
          </a>
        )}
        {may('operate') && purposes.length > 0 && (
          <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void setPaused(!isPaused)}>
            {words(isPaused ? 'resume' : 'pause')}
          </button>
        )}
        {may('operate') && !isPaused && purposes.includes('otp') && (
          <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void setReserved(!isReserved)}>
            {words(isReserved ? 'unreserve' : 'reserve')}
          </button>
        )}
        {may('operate') && (
          <button
            type="button"
            class="button slim"
            onClick={() => void act(() => api.post(`/v1/sims/${iccid}/top-up`, {}), words('toppedUp'))}
          >
            {words('topUp')}
          </button>
        )}
        {may('admin') && state === 'ready' && (
          <button
            type="button"
            class="button slim"
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {words('ussd')}
          </button>
        )}
      </footer>
      {isAsking.value && (
        <Ussd
          iccid={iccid}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </article>
  );
}

/** What its plan says by now; nothing where the configuration tells of none. */
function Plan({ sim: { package: plan, topUpBy, payBy, warmUpDay } }: { sim: Sim }) {
  return (
    <>
      {plan && (
        <>
          <dt>{words('plan')}</dt>
          <dd class="stack tight">
            <span class="row">
              <Bar share={Math.min(1, plan.used / plan.size)} />
              <span class="small number">
                {plan.used} / {plan.size}
              </span>
            </span>
            <span class="quiet small">
              {plan.endsAt === null || plan.used >= plan.size
                ? words('planRenews', { when: day(plan.renewsAt) })
                : words('planEnds', { when: day(plan.endsAt) })}
            </span>
          </dd>
        </>
      )}
      {topUpBy !== null && (
        <>
          <dt>{words('topUpBy')}</dt>
          <dd>{day(topUpBy)}</dd>
        </>
      )}
      {payBy !== null && (
        <>
          <dt>{words('payBy')}</dt>
          <dd>{day(payBy)}</dd>
        </>
      )}
      {warmUpDay !== null && (
        <>
          <dt>{words('warmUp')}</dt>
          <dd>{words('warmUpDay', { n: warmUpDay })}</dd>
        </>
      )}
    </>
  );
}

/** A share from 0 to 1. Its width is set by script: the policy of the page takes no style in the markup. */
function Bar({ share }: { share: number }) {
  return (
    <span class={`bar ${share >= 1 ? 'bad' : share > 0.8 ? 'warn' : ''}`}>
      <i style={{ width: `${Math.round(share * 100)}%` }} />
    </span>
  );
}

const signalWord = (dbm: number): 'signalGood' | 'signalFair' | 'signalWeak' =>
  dbm >= GOOD ? 'signalGood' : dbm >= FAIR ? 'signalFair' : 'signalWeak';
