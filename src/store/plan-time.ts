import type { Clock } from '../base/clock.ts';
import type { Db } from './database.ts';

/**
 * The time that caps slide in, milliseconds since the first start. It follows the monotonic clock, never the wall: a clock
 * that is set forward by a day must not give a SIM a second day (M10). While the machine runs, the monotonic clock also
 * covers the time in which this program did not. Over a start of the machine there is only the wall to ask; where that is
 * behind what it was, nothing is taken to have passed but the time since the start.
 */
interface Moment {
  readonly at: number;
  /** What the wall said then. */
  readonly wall: number;
}

export interface PlanAnchor extends Moment {
  /** Which start of the machine. */
  readonly boot: string;
  readonly monotonic: number;
}

/** What both clocks say, and in which start of the machine. */
type Clocks = Omit<PlanAnchor, 'at'>;

/**
 * The anchor of a process that begins.
 * @param last the last send that was counted
 */
export function resumed(before: PlanAnchor | undefined, last: Moment | undefined, clocks: Clocks): PlanAnchor {
  if (!before) return { ...clocks, at: 0 };
  const { boot, monotonic, wall } = clocks;
  if (before.boot === boot && monotonic >= before.monotonic) return { ...clocks, at: before.at + (monotonic - before.monotonic) };
  const known = last && last.at > before.at ? last : before;
  return { ...clocks, at: known.at + Math.max(wall - known.wall, monotonic) };
}

/** That time in a running process. */
export class PlanTime {
  readonly #clock: Clock;
  readonly #sql;
  #anchor: Pick<PlanAnchor, 'at' | 'monotonic'>;

  constructor(writer: Db, clock: Clock) {
    this.#clock = clock;
    this.#anchor = { at: 0, monotonic: clock.monotonic() };
    this.#sql = {
      anchor: writer.prepare<[], PlanAnchor>('SELECT boot, at, monotonic, wall FROM plan_clock'),
      last: writer.prepare<[], Moment>('SELECT at, wall FROM sim_sends ORDER BY at DESC LIMIT 1'),
      keep: writer.prepare<[string, number, number, number]>(
        'INSERT OR REPLACE INTO plan_clock (id, boot, at, monotonic, wall) VALUES (1, ?, ?, ?, ?)',
      ),
    };
  }

  /** Goes on where the process before was, and keeps that. */
  resume(boot: string): void {
    const clocks = { boot, monotonic: this.#clock.monotonic(), wall: this.#clock.now() };
    const { at, monotonic, wall } = resumed(this.#sql.anchor.get(), this.#sql.last.get(), clocks);
    this.#anchor = { at, monotonic };
    this.#sql.keep.run(boot, at, monotonic, wall);
  }

  /** Not rounded: what is counted is rounded up, what is asked down. */
  now(): number {
    return this.#anchor.at + (this.#clock.monotonic() - this.#anchor.monotonic);
  }
}
