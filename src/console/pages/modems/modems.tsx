import { useState } from 'preact/hooks';
import type { Modem, Sim } from '../../../http/schemas/hardware.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import type { Tone } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { may } from '../../state/session.ts';
import { GivePin } from './give-pin.tsx';
import { modemNext, modemNotes, modemSays, WANTS_PIN } from './modem-words.ts';
import { SignalChart } from './signal-chart.tsx';
import { SimCard } from './sim-card.tsx';
import { transcriptOf } from './transcript.ts';
import { words } from './words.ts';
import './modems.css';

/** Milliseconds between looks: signal and registration are no events. */
const LOOK = 4000;

export default function Modems() {
  const modems = useData<{ data: readonly Modem[] }>('/v1/modems?limit=500', { each: LOOK });
  const sims = useData<{ data: readonly Sim[] }>('/v1/sims?limit=500', { each: LOOK, on: ({ type }) => type.startsWith('sim.') });
  if (!modems.data || !sims.data) return <Spinner />;
  return (
    <>
      <h1>{words('title')}</h1>
      <h2>{words('modems')}</h2>
      {modems.data.data.length === 0 ? (
        <EmptyState icon="modem" title={words('noModems')} text={words('noModemsText')} />
      ) : (
        <ul class="hardware">
          {modems.data.data.map((modem) => (
            <li key={modem.port ?? modem.imei ?? modem.usbPath}>
              <OneModem modem={modem} sims={sims.data?.data ?? []} onDone={modems.reload} />
            </li>
          ))}
        </ul>
      )}
      <h2>{words('sims')}</h2>
      {sims.data.data.length === 0 ? (
        <p class="quiet">{words('noSims')}</p>
      ) : (
        <ul class="hardware">
          {sims.data.data.map((sim) => (
            <li key={sim.iccid}>
              <SimCard sim={sim} onDone={sims.reload} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const TONES: Readonly<Record<Modem['state'], Tone>> = {
  absent: 'bad',
  opening: 'info',
  identifying: 'info',
  unlocking: 'warn',
  registering: 'info',
  ready: 'good',
  degraded: 'warn',
  failed: 'bad',
};

/** How it is and what to do. The sentences of the API are for whoever reads it: they name its routes. */
const saying = ({ reason }: Modem): string => [modemSays(reason), modemNext.maybe(reason)].filter(Boolean).join(' ');

function OneModem({ modem, sims, onDone }: { modem: Modem; sims: readonly Sim[]; onDone: () => void }) {
  const { name, manufacturer, model, profile, port, imei, usbPath, state, reason, notes, sim } = modem;
  const [isEntering, enter] = useState(false);
  const [isOpen, open] = useState(false);
  const deed = useDeed();
  const card = sims.find(({ iccid }) => iccid === sim);
  const named = port ?? imei ?? '';
  return (
    <article class="card stack tight modem">
      <header class="row apart">
        <h3>{name ?? ([manufacturer, model].filter(Boolean).join(' ') || port)}</h3>
        <span class={`pill ${TONES[state]}`}>{words(state)}</span>
      </header>
      {state !== 'ready' && <p>{saying(modem)}</p>}
      {notes.map(({ code, count, detail }) => (
        <p key={code} class="written">
          {modemNotes(code, { n: count ?? '', detail: detail ?? '' })}
        </p>
      ))}
      {WANTS_PIN.has(reason) && may('operate') && port !== null && (
        <div>
          <button type="button" class="button primary" onClick={() => enter(true)}>
            {words('givePin')}
          </button>
        </div>
      )}
      {card && <p class="quiet">SIM: {card.name ?? card.operator ?? card.iccid}</p>}
      <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary>{words('inDetail')}</summary>
        <div class="stack tight detail">
          <dl class="facts small">
            <dt>{words('model')}</dt>
            <dd>{[manufacturer, model].filter(Boolean).join(' ') || '–'}</dd>
            <dt>{words('profile')}</dt>
            <dd>{profile === null ? '–' : profile === 'generic' ? words('genericProfile') : profile}</dd>
            <dt>{words('port')}</dt>
            <dd class="mono">{port ?? '–'}</dd>
            <dt>IMEI</dt>
            <dd class="mono">{imei ?? '–'}</dd>
            {usbPath !== null && (
              <>
                <dt>{words('socket')}</dt>
                <dd class="mono">{usbPath}</dd>
              </>
            )}
          </dl>
          {isOpen && named !== '' && <SignalChart modem={imei ?? named} />}
          {may('operate') && port !== null && (
            <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void deed.ask(() => transcriptOf(named))}>
              {words('transcript')}
            </button>
          )}
        </div>
      </details>
      {isEntering && <GivePin modem={named} onClose={() => enter(false)} onDone={onDone} />}
    </article>
  );
}
