import type { Modem, Sim } from '../../../http/schemas/hardware.ts';
import { Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { language } from '../../i18n/language.ts';
import type { Tone } from '../../parts/banner.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { toast } from '../../parts/toast.tsx';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { SimCard } from './sim-card.tsx';
import { transcriptOf } from './transcript.ts';
import { words } from './words.ts';
import './modems.css';

/** Milliseconds between looks: signal and registration are no events. */
const LOOK = 4000;

export default function Modems() {
  const modems = useData<{ data: readonly Modem[] }>('/v1/modems', { each: LOOK });
  const sims = useData<{ data: readonly Sim[] }>('/v1/sims', { each: LOOK, on: ({ type }) => type.startsWith('sim.') });
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
              <OneModem modem={modem} sims={sims.data?.data ?? []} />
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

function OneModem({ modem, sims }: { modem: Modem; sims: readonly Sim[] }) {
  const { name, manufacturer, model, port, imei, usbPath, state, sentence, nextStep, sim } = modem;
  const card = sims.find(({ iccid }) => iccid === sim);
  const nextStepOf = words.maybe(`next${state.charAt(0).toUpperCase()}${state.slice(1)}`);
  const download = async (): Promise<void> => {
    try {
      await transcriptOf(port ?? imei ?? '');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
  };
  return (
    <article class="card stack tight modem">
      <header class="row apart">
        <h3>{name ?? ([manufacturer, model].filter(Boolean).join(' ') || port)}</h3>
        <span class={`pill ${TONES[state]}`}>{words(state)}</span>
      </header>
      {state !== 'ready' && <p>{language.value === 'en' ? (nextStep ?? sentence) : (nextStepOf ?? '')}</p>}
      {card && <p class="quiet">SIM: {card.name ?? card.operator ?? card.iccid}</p>}
      <details>
        <summary>{words('inDetail')}</summary>
        <div class="stack tight detail">
          <p class="quiet" lang="en">
            {sentence}
          </p>
          <dl class="facts small">
            <dt>{words('model')}</dt>
            <dd>{[manufacturer, model].filter(Boolean).join(' ') || '–'}</dd>
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
          {may('operate') && port !== null && (
            <button type="button" class="button slim" onClick={() => void download()}>
              {words('transcript')}
            </button>
          )}
        </div>
      </details>
    </article>
  );
}
