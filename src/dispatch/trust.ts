/**
 * Is the clock on the wall to be trusted? A small computer without a battery starts with the time at which it was switched
 * off, or with 1970, and knows better only when somebody tells it. Facts in, verdict out.
 *
 * Trusted is what a person says (until the clock jumps or the process ends); what the time service says, unless two sources
 * of the network agree that it is wrong; what two sources of the network agree on; a clock with a battery that went on
 * from when the box was last alive; and the host of a virtual machine.
 */

/** `time.trust`. */
export type TrustSetting = 'auto' | 'always';

/** What the network says: the clock of a modem that the network sets (NITZ), or the SMSC's stamp on a segment that has just been sent. */
export interface NetworkTime {
  /** Two readings of one source are one: its kind and its SIM. */
  readonly source: string;
  /**
   * How far the network is ahead of our clock, milliseconds: as the standard means what was read, and as some makers do.
   * Only the first can confirm a clock; where the others speak for it, it is not accused.
   */
  readonly ahead: readonly number[];
}

export interface TimeFacts {
  readonly setting: TrustSetting;
  /** Milliseconds since 1970, as is `lastAlive`. */
  readonly now: number;
  /** When the box last knew the time before this start; null when it never did. */
  readonly lastAlive: number | null;
  /** The system clock has jumped, and is not yet followed: `now` goes on from before. */
  readonly disputed: boolean;
  /** The time service says that it has the time. */
  readonly synchronized: boolean;
  /** A virtual machine, which has no battery and takes its time from its host. */
  readonly virtual: boolean;
  /** How far the clock with a battery is ahead of ours, milliseconds; null where there is none. */
  readonly rtc: number | null;
  readonly network: readonly NetworkTime[];
  /** A person has said that the clock is right. */
  readonly word: boolean;
}

export const TRUST_REASONS = [
  'always',
  'person',
  'synchronized',
  'network',
  'batteryClock',
  'virtualMachine',
  'networkDisagrees',
  'nobodySays',
] as const;

export type TrustReason = (typeof TRUST_REASONS)[number];

export interface Trust {
  readonly trusted: boolean;
  readonly reason: TrustReason;
}

/** Sources that differ by no more say the same, milliseconds: a stamp takes a while to be made, NITZ is not exact. */
const AGREEMENT = 120_000;

/** 2026-01-01: there was no Simpost before, so a clock with a battery that says less has lost it. */
const EARLIEST = Date.UTC(2026, 0, 1);

export const UNTRUSTED: Trust = { trusted: false, reason: 'nobodySays' };

/** @param before what was held until now; it stays as long as a jump is in dispute */
export function judgeTime(before: Trust, facts: TimeFacts): Trust {
  if (facts.setting === 'always') return { trusted: true, reason: 'always' };
  if (facts.disputed) return before;
  if (facts.word) return { trusted: true, reason: 'person' };
  const confirms = agreement(facts.network.flatMap(({ source, ahead }) => ahead.slice(0, 1).map((a) => ({ source, ahead: a }))));
  const speaksFor = agreement(facts.network.flatMap(({ source, ahead }) => ahead.map((a) => ({ source, ahead: a }))));
  if (confirms === false && speaksFor === false) return { trusted: false, reason: 'networkDisagrees' };
  if (facts.synchronized) return { trusted: true, reason: 'synchronized' };
  if (confirms === true) return { trusted: true, reason: 'network' };
  const { rtc, now, lastAlive } = facts;
  if (rtc !== null && Math.abs(rtc) <= AGREEMENT && now >= Math.max(EARLIEST, lastAlive ?? 0))
    return { trusted: true, reason: 'batteryClock' };
  if (facts.virtual && now >= Math.max(EARLIEST, lastAlive ?? 0)) return { trusted: true, reason: 'virtualMachine' };
  return UNTRUSTED;
}

/**
 * Whether two sources that agree say what our clock says; undefined where no two agree. Where some agree on one time and
 * some on another, one pair that speaks for our clock is enough: a network that tells one modem nonsense must not stop it.
 */
function agreement(told: readonly { readonly source: string; readonly ahead: number }[]): boolean | undefined {
  let agreed: boolean | undefined;
  for (const [i, a] of told.entries()) {
    for (const b of told.slice(i + 1)) {
      if (a.source === b.source || Math.abs(a.ahead - b.ahead) > AGREEMENT) continue;
      if (Math.abs(a.ahead + b.ahead) / 2 <= AGREEMENT) return true;
      agreed = false;
    }
  }
  return agreed;
}

const UNTIL = 'Codes and urgent messages go at once, service messages after a minute; offers, schedules and expiry wait.';

/** One plain sentence for a person: why the clock is trusted, or what waits and what to do. */
export function trustSentence({ reason }: Trust): string {
  switch (reason) {
    case 'always':
      return 'The clock is trusted, because [time] trust says so.';
    case 'person':
      return 'The clock is trusted, because a person said that it is right.';
    case 'synchronized':
      return 'The clock is trusted, because the time service of the system has set it.';
    case 'network':
      return 'The clock is trusted, because the mobile network says the same.';
    case 'batteryClock':
      return 'The clock is trusted, because the battery clock went on while the box was off.';
    case 'virtualMachine':
      return 'The clock is trusted, because this is a virtual machine, whose host keeps the time.';
    case 'networkDisagrees':
      return `The clock is not trusted, because the mobile network says another time. ${UNTIL} Look at the time service, or say PUT /v1/time {"trusted": true} if the clock is right.`;
    case 'nobodySays':
      return `The clock is not trusted yet, because nobody has confirmed it since the start. ${UNTIL} Connect a time service, or say PUT /v1/time {"trusted": true} if the clock is right.`;
    default:
      return reason satisfies never;
  }
}
