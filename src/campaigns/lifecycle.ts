import type { CampaignState } from '../store/records/campaign.ts';

/**
 * A campaign is a `draft` until it is started: then it is `scheduled` until its time, `planning` while its recipients are written down,
 * and `running` while messages are made just ahead of what the SIMs carry. It is `paused` by a person, by its budget or by opt-outs, and
 * goes on where it was; `cancelled` it never does. When nobody is left it is `finished`.
 *
 * draft -> scheduled -> planning -> running <-> paused; each but `finished` -> cancelled.
 */
export type CampaignVerb = 'start' | 'pause' | 'resume' | 'cancel';

interface Move {
  readonly from: readonly CampaignState[];
  readonly to: CampaignState;
}

/** Pausing what is not planned yet leaves it where it is: there is nothing of it on the air. */
const MOVES: Readonly<Record<CampaignVerb, Move>> = {
  start: { from: ['draft'], to: 'scheduled' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['draft', 'scheduled', 'planning', 'running', 'paused'], to: 'cancelled' },
};

export const moveOf = (verb: CampaignVerb): Move => MOVES[verb];
