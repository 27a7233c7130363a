import type { Occasion } from '../../../http/schemas/occasion.ts';
import { when } from '../../i18n/format.ts';
import type { Tone } from '../../parts/banner.tsx';
import { StatusPill } from '../../parts/status-pill.tsx';
import { addressOf } from '../../state/place.ts';
import { problems } from '../../words/problems.ts';
import { words } from './words.ts';

type Step = Occasion['steps'][number];

const TONES: Readonly<Record<Step['state'], Tone | ''>> = { planned: 'info', accepted: 'info', skipped: '', withdrawn: '' };

/** What was told and will be, in the order of its moments. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return <p class="quiet">{words('nothingTold')}</p>;
  return (
    <ol class="card visit-steps">
      {steps.map((step) => (
        <li key={`${step.step} ${step.dueAt} ${step.message}`} class={step.state === 'withdrawn' ? 'off' : ''}>
          <span>
            <b>{stepName(step.step)}</b>
            <br />
            <time class="quiet small" dateTime={step.dueAt}>
              {when(step.dueAt)}
            </time>
          </span>
          <span class="row">
            {step.messageStatus === null ? (
              <span class={`pill ${TONES[step.state]}`}>{words(step.state)}</span>
            ) : (
              <StatusPill status={step.messageStatus} />
            )}
            {step.reason !== null && <span class="quiet small">{reasonWords(step.reason)}</span>}
            {step.message !== null && (
              <a class="small" href={addressOf('queue', [step.message])}>
                {words('message')}
              </a>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What was said in words of its own is named for what it was: `reply:…`, `offer:…`, `notice:…`. */
function stepName(step: string): string {
  const [family = ''] = step.split(':');
  return words.maybe(`step.${step}`) ?? words.maybe(`step.${family}`) ?? step;
}

const reasonWords = (reason: string): string => words.maybe(`reason.${reason}`) ?? problems.maybe(reason) ?? reason;
