import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import { type BackupFile, backupsIn, backupTrouble, makeBackup, rotateBackups } from './backup.ts';
import type { BackupTrouble } from './records/backup.ts';

export interface BackupScheduleParts {
  readonly folder: string;
  readonly directory: string;
  /** Milliseconds from one to the next; 0 is never. */
  readonly every: number;
  /** How many are kept. */
  readonly keep: number;
  readonly clock: Clock;
  readonly log: Log;
  /** A backup could not be made, for the first time since one could. @param why one sentence */
  onFailed(why: string): void;
}

/** After a start, and after a backup that failed, the next is made no sooner, milliseconds. */
const REST = 300_000;
const AFTER_FAILURE = 3_600_000;

/**
 * Backups by themselves, and one more when it is asked for. The files say when the last one was made, so a restart neither
 * forgets nor repeats one. From then on only durations count: a clock that jumps makes none too early and none too late.
 *
 * States: waiting -> (it is due, or asked for) -> making -> waiting. `stop` ends the waiting and waits for the making.
 */
export class BackupSchedule {
  readonly directory: string;
  readonly every: number;
  readonly keep: number;
  readonly #parts: BackupScheduleParts;
  readonly #alarm: Alarm;
  #making: Promise<BackupFile> | undefined;
  /** Why the last one could not be made; null when it could. */
  #problem: { readonly sentence: string; readonly trouble: BackupTrouble } | null = null;
  #running = false;

  constructor(parts: BackupScheduleParts) {
    this.#parts = parts;
    this.directory = parts.directory;
    this.every = parts.every;
    this.keep = parts.keep;
    this.#alarm = new Alarm(parts.clock, () => {
      // What went wrong is told there.
      this.makeNow().catch(() => undefined);
    });
  }

  /** Why the last one could not be made, in a sentence; null when it could. */
  get problem(): string | null {
    return this.#problem?.sentence ?? null;
  }

  /** The same for programs. */
  get trouble(): BackupTrouble | null {
    return this.#problem?.trouble ?? null;
  }

  start(): void {
    this.#running = true;
    const last = this.list().find(({ at }) => at <= this.#parts.clock.now());
    this.#wait(waitFor(last?.at, this.#parts.clock.now(), this.every));
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#alarm.cancel();
    await this.#making?.catch(() => undefined);
  }

  /** The newest first. */
  list(): BackupFile[] {
    return backupsIn(this.directory);
  }

  /**
   * Makes one, or waits for the one that is being made.
   * @throws Fault `backupFailed`, `storeForeign`, `storeDamaged` or `storeInUse`
   */
  makeNow(): Promise<BackupFile> {
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #make(): Promise<BackupFile> {
    const { folder, directory, keep, every, clock, log } = this.#parts;
    try {
      const at = clock.now();
      const { file, octets, messages } = await makeBackup({ folder, directory, now: at });
      rotateBackups(directory, keep, file);
      log.info({ file, octets, messages }, 'a backup was made and checked');
      this.#problem = null;
      this.#wait(every);
      return { at, file, octets };
    } catch (error) {
      log.error({ err: error, directory }, 'the backup could not be made');
      const sentence = error instanceof Error ? error.message : String(error);
      const isNew = this.#problem === null;
      this.#problem = { sentence, trouble: backupTrouble(error) };
      if (isNew) this.#parts.onFailed(sentence);
      this.#wait(Math.min(AFTER_FAILURE, every));
      throw error;
    }
  }

  #wait(delay: number): void {
    if (this.#running && this.every > 0) this.#alarm.in(delay);
  }
}

/**
 * How long until the next backup, milliseconds.
 * @param last when the newest one was made that is not of the future, if there is one
 */
export function waitFor(last: number | undefined, now: number, every: number): number {
  if (last === undefined) return REST;
  return Math.min(Math.max(last + every - now, REST), every);
}
