import type { Static } from 'typebox';
import type { Alert } from '../../../http/schemas/alert.ts';
import type { Backups } from '../../../http/schemas/backup.ts';
import type { Modem, Sim } from '../../../http/schemas/hardware.ts';
import type { Sending } from '../../../http/schemas/sending.ts';
import type { SuppressionState } from '../../../http/schemas/suppression.ts';
import type { Time } from '../../../http/schemas/time.ts';
import { api, Refusal } from '../../api/client.ts';
import { clockTime, when } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { toast } from '../../parts/toast.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import type { AlertKind } from '../../words/alerts.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

type Wanted = 'suppressions' | 'paused' | 'modem' | 'sim' | 'clock' | 'someModem' | 'pin' | 'cap' | 'backup';

const WANTS_PIN: ReadonlySet<Modem['reason']> = new Set(['pinNeeded', 'pinNameless', 'pinRefused']);
const BROKEN: ReadonlySet<Modem['state']> = new Set(['failed', 'absent', 'degraded']);

/** What needs a person most, as of now. */
export interface NeedOfPerson {
  readonly kind: Wanted;
  readonly name: string;
  /** What it is about, as alerts have it; '' for the box. */
  readonly subject: string;
  /** What the clock of the box says. */
  readonly now: string;
}

/** The one thing to begin with: what stops everything comes before what stops a part. What is not known yet is no need. */
export function needOf({
  modems,
  sims,
  sending,
  time,
  suppressions,
  backups,
}: {
  modems: readonly Modem[] | undefined;
  sims: readonly Sim[] | undefined;
  sending: Sending | undefined;
  time: Static<typeof Time> | undefined;
  suppressions: Static<typeof SuppressionState> | undefined;
  backups: Static<typeof Backups> | undefined;
}): NeedOfPerson | undefined {
  const now = time?.now ?? '';
  const need = (kind: Wanted, name = '', subject = ''): NeedOfPerson => ({ kind, name, subject, now });
  const locked = modems?.find(({ reason }) => WANTS_PIN.has(reason));
  const ready = sims?.filter(({ state }) => state === 'ready') ?? [];
  const broken = modems?.find(({ state, reason }) => BROKEN.has(state) || reason === 'pukNeeded');
  const troubled = sims?.find(({ trouble }) => trouble !== null);
  if (suppressions?.whole === false) return need('suppressions');
  if (sending?.state === 'paused') return need('paused');
  if (modems && sims && ready.length === 0) return need(locked ? 'pin' : 'modem', nameOf(locked));
  if (time?.trusted === false) return need('clock');
  if (troubled) return need('sim', troubled.name ?? troubled.number ?? troubled.iccid, troubled.iccid);
  // What waits for a cap goes on by itself: it is told once nothing else can carry it.
  if (sending && sending.queue.ready > 0 && ready.every(({ waitsUntil }) => waitsUntil !== null)) return need('cap', soonest(ready));
  if (broken) return need('someModem', nameOf(broken), broken.name ?? broken.port ?? broken.usbPath ?? broken.imei ?? '');
  if (locked) return need('pin', nameOf(locked));
  if (backups && backups.problem !== null) return need('backup');
  return undefined;
}

const nameOf = (modem: Modem | undefined): string => modem?.name ?? modem?.model ?? modem?.port ?? modem?.imei ?? '';

/** When the first of them may send again. */
const soonest = (sims: readonly Sim[]): string =>
  when(sims.flatMap(({ waitsUntil }) => (waitsUntil === null ? [] : [waitsUntil])).toSorted()[0] ?? '');

const SENTENCES = {
  suppressions: 'needSuppressions',
  paused: 'needPaused',
  modem: 'needModem',
  clock: 'needClock',
  sim: 'needSim',
  someModem: 'needSomeModem',
  pin: 'needPin',
  cap: 'needCap',
  backup: 'needBackup',
} as const;

/** Where a part goes on without what is needed. */
const MILD: ReadonlySet<Wanted> = new Set(['backup', 'someModem', 'clock', 'pin', 'cap']);

/** The alerts that say the same: the box raises them once it has been so for a while. */
const SAME: Readonly<Record<Wanted, readonly AlertKind[]>> = {
  suppressions: [],
  paused: ['paused'],
  modem: ['noSim'],
  clock: ['clockUntrusted'],
  sim: ['simBarred', 'simSilent'],
  someModem: ['modemFailed', 'modemAbsent'],
  pin: [],
  cap: ['queueOld'],
  backup: ['backupFailed'],
};

/** Whether an alert is told already, by the one thing to begin with. */
export const isToldBy = (need: NeedOfPerson | undefined, { kind, subject }: Alert): boolean =>
  need !== undefined && SAME[need.kind].some((same) => same === kind) && (subject ?? '') === need.subject;

/** One banner: what it is, and what to do. */
export function Need({ need: { kind, name, now }, onDone }: { need: NeedOfPerson; onDone: () => void }) {
  const confirm = async (): Promise<void> => {
    try {
      await api.put('/v1/time', { trusted: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
    onDone();
  };
  return (
    <Banner tone={MILD.has(kind) ? 'warn' : 'bad'} text={words(SENTENCES[kind], { name })}>
      {(kind === 'modem' || kind === 'sim' || kind === 'someModem' || kind === 'pin' || kind === 'cap') && (
        <a class="button slim" href={addressOf('modems')}>
          {words('seeModems')}
        </a>
      )}
      {kind === 'paused' && (
        <a class="button slim" href={addressOf('queue')}>
          {words('seeQueue')}
        </a>
      )}
      {kind === 'clock' && may('operate') && (
        <button type="button" class="button slim" onClick={() => void confirm()}>
          {words('confirmClock', { time: clockTime(now) })}
        </button>
      )}
    </Banner>
  );
}
