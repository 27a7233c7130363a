import type { Db } from './database.ts';
import { laneOf, type MessageRow } from './message-row.ts';
import type { SimPlans } from './records/plan.ts';
import type { Retirements } from './retirements.ts';
import { NO_PLANS } from './sim-caps.ts';

type Bound = Parameters<typeof laneOf>[0] & Pick<MessageRow, 'recipient'>;

/**
 * Who may claim a message, as its `lane` says:
 *
 * - '' any SIM, an ICCID that SIM alone.
 * - '~' and the beginning of a number: any SIM that may carry such numbers; '~' alone is for those that no SIM names. Only
 *   where some SIM may carry only some numbers, so that what it may not carry is not in its way.
 * - '!' and an ICCID, and '!', an ICCID and such a lane: the same, without that SIM.
 */
export class Lanes {
  readonly #retirements: Retirements;
  readonly #next;
  #plans: SimPlans = NO_PLANS;
  #routed = true;

  constructor(writer: Db, retirements: Retirements) {
    this.#retirements = retirements;
    this.#next = writer
      .prepare<[string, string], string>(
        'SELECT lane FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane > ? AND lane < ? ORDER BY lane LIMIT 1',
      )
      .pluck();
  }

  setPlans(plans: SimPlans): void {
    this.#plans = plans;
    // Some may be left from when a SIM was told what to carry.
    this.#routed = plans.routeOf('') !== null || this.#between('}', '\u007f').length > 0;
  }

  /** Where a message belongs that no SIM shuns. */
  of(row: Bound): string {
    const bound = laneOf(row);
    if (bound === '') return this.#open(row.recipient);
    // What was begun is finished where it was begun, also by a SIM that is retired.
    return row.begun === 1 && row.segmentCount > 1 ? bound : this.#retirements.standIn(bound);
  }

  /** Where it belongs while a SIM leaves it to others. */
  without(iccid: string, recipient: string): string {
    return `!${iccid}${this.#open(recipient)}`;
  }

  /** Whether it stands where every SIM finds it that may carry it. */
  isOpen(lane: string | null): boolean {
    return lane === '' || lane?.startsWith('~') === true;
  }

  /** Whether a SIM may carry it: as one that was asked for, or by its number. */
  mayCarry(iccid: string, row: Bound): boolean {
    return laneOf(row) !== '' || this.#plans.carries(iccid, row.recipient);
  }

  /** The lanes that a SIM takes from; one that is retired only finishes what it has begun. */
  openTo(iccid: string): string[] {
    if (this.#retirements.of(iccid)) return [iccid];
    const shunning = this.#between('!', '"');
    const routed = this.#routed ? this.#between('}', '\u007f') : [];
    return ['', iccid, ...[...shunning, ...routed].filter((lane) => this.#takes(iccid, lane))];
  }

  #open(recipient: string): string {
    const route = this.#plans.routeOf(recipient);
    return route === null ? '' : `~${route}`;
  }

  #takes(iccid: string, lane: string): boolean {
    const at = lane.indexOf('~');
    const shunned = lane.slice(1, at < 0 ? undefined : at);
    return shunned !== iccid && (at < 0 || this.#plans.carries(iccid, lane.slice(at + 1)));
  }

  #between(after: string, before: string): string[] {
    const lanes: string[] = [];
    for (let lane = this.#next.get(after, before); lane !== undefined; lane = this.#next.get(lane, before)) lanes.push(lane);
    return lanes;
  }
}
