import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import { backupsIn, makeBackup, rotateBackups } from './backup.ts';

export interface BackupScheduleParts {
  readonly folder: string;
  readonly directory: string;
  /** Milliseconds from one to the next; 0 is never. */
  readonly every: number;
  /** How many are kept. */
  readonly keep: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** After a start, and after a backup that failed, the next is made no sooner, milliseconds. */
const REST = 60_000;
const AFTER_FAILURE = 3_600_000;

/**
 * Backups by themselves. The files say when the last one was made, so a restart neither forgets nor repeats one; a clock
 * that is wrong delays the next by one period at most.
 *
 * States: waiting -> (it is due) -> making -> waiting. `stop` ends the waiting and waits for the making.
 */
export class BackupSchedule {
  readonly #parts: BackupScheduleParts;
  readonly #alarm: Alarm;
  #making: Promise<void> | undefined;

  constructor(parts: BackupScheduleParts) {
    this.#parts = parts;
    this.#alarm = new Alarm(parts.clock, () => {
      this.#making = this.#make();
    });
  }

  start(): void {
    const { every, directory, clock } = this.#parts;
    if (every > 0) this.#alarm.in(waitFor(backupsIn(directory)[0]?.at, clock.now(), every));
  }

  async stop(): Promise<void> {
    this.#alarm.cancel();
    await this.#making;
    this.#alarm.cancel();
  }

  async #make(): Promise<void> {
    const { folder, directory, keep, every, clock, log } = this.#parts;
    try {
      const { file, octets, messages } = await makeBackup({ folder, directory, now: clock.now() });
      rotateBackups(directory, keep, file);
      log.info({ file, octets, messages }, 'a backup was made and checked');
      this.#alarm.in(every);
    } catch (error) {
      log.error({ err: error, directory }, 'the backup could not be made');
      this.#alarm.in(Math.min(AFTER_FAILURE, every));
    }
  }
}

/**
 * How long until the next backup, milliseconds.
 * @param last when the newest one was made, if there is one
 */
export function waitFor(last: number | undefined, now: number, every: number): number {
  if (last === undefined) return REST;
  return Math.min(Math.max(last + every - now, REST), every);
}
