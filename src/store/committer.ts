import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { type Deferred, deferred } from '../base/waits.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Db } from './database.ts';
import { diskFailed, diskReadOnly, isBusy, isDiskFailure, isRefusedWrite, sqliteCode, storeFault } from './sqlite-errors.ts';
import { addTx, type Job, type Made, makeJob, makeSteppedJob, newTx, type Steps, type Tx } from './work.ts';

export interface CommitterParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly checkpoints: Checkpoints;
  /** Whether the file system takes nothing now; asked after a write that failed. */
  isReadOnly(): boolean;
  /** After each commit, with the sum of what its jobs told. */
  onCommit(tx: Tx): void;
  /** How long a commit took, milliseconds. */
  readonly onCommitTook?: ((ms: number) => void) | undefined;
  /** The disk failed: the process must end. Called once. */
  onFatal(error: Error): void;
}

/** How long one turn of the event loop may be held before others get theirs, in milliseconds. */
const SLICE_MS = 8;

/** The most jobs in one transaction. */
const MOST_TOGETHER = 500;

/** Another process that writes (`simpost keys create`) holds the file for a few milliseconds: ask again after, until. */
const BUSY_RETRY_MS = 10;
const BUSY_LIMIT_MS = 5000;

/** Look after the WAL after so many steps of work. */
const TEND_EVERY = 50;

/**
 * Commits together what waits together. Work is queued; at the next turn of the event loop everything queued runs inside
 * one transaction, each piece but the first in a savepoint (SQLite copies every page that changes inside of one, which a
 * batch of a thousand messages would pay for), and one fsync serves them all. A piece that throws is rolled back and
 * rejected alone; the others resolve after COMMIT and not before.
 *
 * States: idle -> (work queued) -> scheduled -> open -> committed -> idle. From `open` it may yield to the event loop in
 * the middle of one long piece and come back. When COMMIT or the whole transaction fails, every piece in it is rejected;
 * a disk that is full, or read-only for a while, leaves the committer working; a failed disk ends it (`onFatal`).
 */
export class Committer {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #checkpoints: Checkpoints;
  readonly #isReadOnly: () => boolean;
  readonly #onCommit: (tx: Tx) => void;
  readonly #onCommitTook: ((ms: number) => void) | undefined;
  readonly #onFatal: (error: Error) => void;
  readonly #statements;
  readonly #queue: Job[] = [];
  #finished: Job[] = [];
  #current: Job | undefined;
  #open = false;
  #scheduled = false;
  #stepsDone = 0;
  #tendDue = false;
  #busySince: number | undefined;
  /** Why no more work is taken. */
  #ended: Error | undefined;
  #dead = false;
  #idle: Deferred<void> | undefined;

  constructor(parts: CommitterParts) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#checkpoints = parts.checkpoints;
    this.#isReadOnly = () => parts.isReadOnly();
    this.#onCommit = parts.onCommit;
    this.#onCommitTook = parts.onCommitTook;
    this.#onFatal = parts.onFatal;
    const sql = (text: string) => parts.db.prepare(text);
    this.#statements = {
      begin: sql('BEGIN IMMEDIATE'),
      commit: sql('COMMIT'),
      savepoint: sql('SAVEPOINT piece'),
      release: sql('RELEASE piece'),
      undo: sql('ROLLBACK TO piece'),
    };
  }

  /** Runs `work` in the next transaction; resolves with its result after the commit. */
  write<T>(work: (tx: Tx) => T): Promise<T> {
    return this.#add(makeJob(work));
  }

  /** The same for work in steps. */
  writeInSteps<T>(work: (tx: Tx) => Steps<T>): Promise<T> {
    return this.#add(makeSteppedJob(work));
  }

  /** Whether somebody waits for the transaction that is open: whoever does long work in parts ends the part. */
  get isAwaited(): boolean {
    return this.#queue.length > 0;
  }

  /** Refuses new work and resolves when what was queued is done. */
  async close(): Promise<void> {
    this.#ended ??= new Fault('closed', 'The store was closed.');
    if (this.#queue.length > 0 || this.#open) {
      this.#idle ??= deferred();
      await this.#idle.promise;
    }
  }

  /** A checkpoint failed elsewhere, with SQLite's name for it. */
  checkpointFailed(code: string): void {
    if (this.#isFatal(code)) this.#die(diskFailed());
  }

  /** Whether nobody knows what is on the disk. Of a write that a read-only disk refused nothing is. */
  #isFatal(code: string | undefined): boolean {
    return isDiskFailure(code) && !(isRefusedWrite(code) && this.#isReadOnly());
  }

  #add<T>({ job, promise }: Made<T>): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#queue.push(job);
    this.#schedule();
    return promise;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    if (this.#tendDue && !this.#open) {
      // In a turn of its own, so that it does not add to the time of a commit.
      this.#tendDue = false;
      this.#tend();
      return;
    }
    const began = this.#clock.monotonic();
    const late = (): boolean => this.#clock.monotonic() - began > SLICE_MS;
    if (!this.#open && (this.#queue.length === 0 || !this.#begin())) {
      this.#rest();
      return;
    }
    while (this.#open) {
      const job = this.#current ?? this.#queue.shift();
      if (!job) break;
      if (!this.#advance(job, late)) {
        this.#schedule();
        return;
      }
      if (late() || this.#finished.length >= MOST_TOGETHER) break;
    }
    const told = this.#open ? this.#commit() : undefined;
    if (this.#queue.length > 0 || this.#tendDue) this.#schedule();
    else this.#rest();
    if (told) this.#onCommit(told);
  }

  #rest(): void {
    if (this.#queue.length === 0 && !this.#open) this.#idle?.resolve();
  }

  /** False when there is nothing to go on with in this turn. */
  #begin(): boolean {
    try {
      this.#statements.begin.run();
      this.#open = true;
      this.#busySince = undefined;
      return true;
    } catch (error) {
      const now = this.#clock.monotonic();
      this.#busySince ??= now;
      if (isBusy(sqliteCode(error)) && now - this.#busySince < BUSY_LIMIT_MS) {
        this.#scheduled = true;
        this.#clock.setTimer(BUSY_RETRY_MS, () => this.#turn());
        return false;
      }
      this.#busySince = undefined;
      this.#failAll([...this.#queue.splice(0)], error);
      return false;
    }
  }

  /** Runs one job on; false when it wants another turn. A job that throws is undone and rejected here. */
  #advance(job: Job, late: () => boolean): boolean {
    try {
      if (this.#current !== job) {
        if (!this.#isFirst) this.#statements.savepoint.run();
        this.#current = job;
      }
      this.#stepsDone += 1;
      while (!job.step()) {
        this.#stepsDone += 1;
        if (late()) return false;
      }
      if (!this.#isFirst) this.#statements.release.run();
      this.#current = undefined;
      this.#finished.push(job);
    } catch (error) {
      this.#current = undefined;
      if (!isDiskFailure(sqliteCode(error)) && this.#undo()) job.reject(storeFault(error));
      else this.#abandon(error, [job]);
    }
    return true;
  }

  /** Whether nothing is in the transaction yet but the piece at hand, which can then be undone by undoing all. */
  get #isFirst(): boolean {
    return this.#finished.length === 0;
  }

  /** Undoes the piece at hand; false when the whole transaction is lost, as SQLite may decide when the disk is full. */
  #undo(): boolean {
    if (!this.#db.inTransaction) return false;
    try {
      if (this.#isFirst) {
        this.#db.exec('ROLLBACK');
        this.#open = false;
      } else {
        this.#statements.undo.run();
        this.#statements.release.run();
      }
      return true;
    } catch {
      return false;
    }
  }

  #commit(): Tx | undefined {
    const began = this.#clock.monotonic();
    try {
      this.#statements.commit.run();
      this.#onCommitTook?.(this.#clock.monotonic() - began);
    } catch (error) {
      this.#abandon(error, []);
      return undefined;
    }
    this.#open = false;
    const told = newTx();
    for (const { tx, resolve } of this.#finished) {
      addTx(told, tx);
      resolve();
    }
    this.#finished = [];
    if (this.#stepsDone >= TEND_EVERY) {
      this.#stepsDone = 0;
      this.#tendDue = true;
    }
    return told;
  }

  /** The transaction is lost, and with it every job that was in it. */
  #abandon(error: unknown, more: readonly Job[]): void {
    try {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // A connection that cannot even roll back is of no use; the jobs below learn of the first error.
    }
    this.#open = false;
    const lost = [...this.#finished, ...more];
    this.#finished = [];
    this.#failAll(lost, error);
  }

  #failAll(jobs: readonly Job[], error: unknown): void {
    const code = sqliteCode(error);
    const fatal = this.#isFatal(code);
    const reason = isDiskFailure(code) && !fatal ? diskReadOnly(error) : storeFault(error);
    for (const job of jobs) job.reject(reason);
    if (fatal) this.#die(reason);
  }

  #die(reason: Error): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#ended ??= reason;
    for (const job of this.#queue.splice(0)) job.reject(reason);
    this.#onFatal(reason);
  }

  #tend(): void {
    let wait: Promise<void> | undefined;
    try {
      wait = this.#checkpoints.tend();
    } catch (error) {
      // A full disk may be emptied before the next try, and another process may checkpoint at the moment.
      if (isDiskFailure(sqliteCode(error))) this.#failAll([], error);
    }
    const goOn = (): void => {
      if (this.#queue.length > 0) this.#schedule();
      else this.#rest();
    };
    if (!wait) {
      goOn();
      return;
    }
    this.#scheduled = true;
    void wait.then(() => {
      this.#scheduled = false;
      goOn();
    });
  }
}
