import type { Static } from 'typebox';
import type { Backups } from '../../../http/schemas/backup.ts';
import type { Modem, Sim } from '../../../http/schemas/hardware.ts';
import type { Sending } from '../../../http/schemas/sending.ts';
import type { SuppressionState } from '../../../http/schemas/suppression.ts';
import type { Time } from '../../../http/schemas/time.ts';
import { api, Refusal } from '../../api/client.ts';
import { clockTime } from '../../i18n/format.ts';
import { Banner } from '../../parts/banner.tsx';
import { toast } from '../../parts/toast.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

type Wanted = 'suppressions' | 'paused' | 'modem' | 'sim' | 'clock' | 'someModem' | 'backup';

/** What needs a person most, as of now. */
export interface NeedOfPerson {
  readonly kind: Wanted;
  readonly name: string;
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
  const need = (kind: Wanted, name = ''): NeedOfPerson => ({ kind, name, now });
  const broken = modems?.find(({ state }) => state === 'failed' || state === 'absent' || state === 'degraded');
  const troubled = sims?.find(({ trouble }) => trouble !== null);
  if (suppressions?.whole === false) return need('suppressions');
  if (sending?.state === 'paused') return need('paused');
  if (modems && sims && !sims.some(({ state }) => state === 'ready')) return need('modem');
  if (time?.trusted === false) return need('clock');
  if (troubled) return need('sim', troubled.name ?? troubled.number ?? troubled.iccid);
  if (broken) return need('someModem', broken.name ?? broken.model ?? broken.port ?? broken.imei ?? '');
  if (backups && backups.problem !== null) return need('backup');
  return undefined;
}

const SENTENCES = {
  suppressions: 'needSuppressions',
  paused: 'needPaused',
  modem: 'needModem',
  clock: 'needClock',
  sim: 'needSim',
  someModem: 'needSomeModem',
  backup: 'needBackup',
} as const;

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
    <Banner tone={kind === 'backup' || kind === 'someModem' || kind === 'clock' ? 'warn' : 'bad'} text={words(SENTENCES[kind], { name })}>
      {(kind === 'modem' || kind === 'sim' || kind === 'someModem') && (
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
