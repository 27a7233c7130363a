import { Worker } from 'node:worker_threads';
import type { Db } from './database.ts';
import { isReadOnlyStore } from './sqlite-errors.ts';

/** So many pages of the WAL at a time are folded back into the file: a page that is written again and again meanwhile, once. */
const FOLD_PAGES = 1000;

/** From a WAL of so many on, writers wait until all of it is: it cannot start over while they keep adding to it. */
const HOLD_PAGES = 8000;

/** What the thread runs: one checkpoint for each message (`empty` cuts the WAL after), answered by null or by the code of what went wrong. */
const THREAD = `
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
const Database = createRequire(workerData.base)('better-sqlite3');
const db = new Database(workerData.file, { timeout: 5000 });
db.pragma('synchronous = FULL');
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const empty = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
parentPort.on('message', (word) => {
  if (word === 'close') {
    db.close();
    parentPort.close();
    return;
  }
  try {
    checkpoint.get();
    if (word === 'empty') empty.get();
    parentPort.postMessage(null);
  } catch (error) {
    parentPort.postMessage(String(error.code));
  }
});
`;

export interface CheckpointsParts {
  readonly db: Db;
  readonly file: string;
  /** A checkpoint failed, with SQLite's name for it. */
  onFailure(code: string): void;
}

/**
 * Folds the WAL back into the file. Its fsync takes tens of milliseconds on a slow disk or a large file, more than the event
 * loop may be held, so a thread does it (10 MB of memory that an idle box does not spend: the thread begins with the first
 * checkpoint). Commits go on meanwhile.
 */
export class Checkpoints {
  readonly #parts: CheckpointsParts;
  readonly #size;
  readonly #checkpoint;
  #threaded = true;
  #thread: Worker | undefined;
  #pass: Promise<void> | undefined;
  #closed = false;

  constructor(parts: CheckpointsParts) {
    this.#parts = parts;
    this.#size = parts.db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
    this.#checkpoint = parts.db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** What is under way, if anything is. */
  get pass(): Promise<void> | undefined {
    return this.#pass;
  }

  /** Whether a thread makes the checkpoints. */
  get threaded(): boolean {
    return this.#threaded;
  }

  /**
   * Looks after the WAL, between transactions.
   * @returns what writers have to wait for, if they have to
   */
  tend(): Promise<void> | undefined {
    if (this.#closed) return undefined;
    const { log, checkpointed } = this.#size.get() ?? { log: 0, checkpointed: 0 };
    // Folded back whole, the next commit starts it over by itself.
    if (log - checkpointed < (log < HOLD_PAGES ? FOLD_PAGES : 1)) return undefined;
    if (!this.#threaded) {
      this.#checkpoint.get();
      return undefined;
    }
    const running = this.#pass;
    const pass = running ?? this.#start();
    if (log < HOLD_PAGES) return undefined;
    // What was written since a running pass began needs another one, with writers waiting.
    return running ? running.then(() => (this.#closed ? undefined : this.#start())) : pass;
  }

  /**
   * Folds the WAL back whole and cuts it to nothing, so that what was erased is not in it either. Where others read or write
   * for seconds it stays as it is, and the next one does it.
   */
  async empty(): Promise<void> {
    while (this.#pass) await this.#pass;
    if (this.#closed) return;
    if (this.#threaded) await this.#start('empty');
    else this.#parts.db.pragma('wal_checkpoint(TRUNCATE)');
  }

  /** Waits for what is under way and ends the thread; nothing is begun after. */
  async close(): Promise<void> {
    this.#closed = true;
    // It does not keep the process alive by itself; but a process that waits for it must not end before it answers.
    this.#thread?.ref();
    while (this.#pass) await this.#pass;
    const thread = this.#thread;
    if (!thread) return;
    this.#thread = undefined;
    const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    thread.postMessage('close');
    await gone;
  }

  #start(word: 'checkpoint' | 'empty' = 'checkpoint'): Promise<void> {
    this.#thread ??= this.#open();
    const thread = this.#thread;
    const pass = new Promise<void>((resolve) => {
      const done = (code?: unknown): void => {
        thread.off('message', done);
        thread.off('exit', ended);
        if (this.#pass === pass) this.#pass = undefined;
        if (typeof code === 'string') {
          // It opened the file while that could not be written: another thread opens it again.
          if (isReadOnlyStore(code)) this.#letGo(thread);
          this.#parts.onFailure(code);
        }
        resolve();
      };
      const ended = (): void => {
        // Without its thread the store makes its checkpoints itself, as slow as they are.
        this.#thread = undefined;
        this.#threaded = false;
        done();
      };
      thread.on('message', done);
      thread.on('exit', ended);
      thread.postMessage(word);
    });
    this.#pass = pass;
    return pass;
  }

  #letGo(thread: Worker): void {
    if (this.#thread === thread) this.#thread = undefined;
    thread.postMessage('close');
  }

  #open(): Worker {
    const workerData = { base: import.meta.url, file: this.#parts.file };
    const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`), {
      workerData,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    // An error is followed by the exit that ends the pass.
    thread.on('error', () => {});
    thread.unref();
    return thread;
  }
}
