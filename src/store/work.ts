import { PURPOSES } from '../base/purpose.ts';
import { deferred } from '../base/waits.ts';

/** What a piece of work tells the rest of the store, once it is committed. */
export interface Tx {
  /** By how many segments the queue grew: those ready, by the rank of their purpose, and those waiting. */
  readonly ready: number[];
  waiting: number;
  /** Events written. */
  events: number;
}

export const newTx = (): Tx => ({ ready: PURPOSES.map(() => 0), waiting: 0, events: 0 });

/** Segments of a rank became ready, or (negative) ceased to be. */
export function addReady(tx: Tx, rank: number, segments: number): void {
  tx.ready[rank] = (tx.ready[rank] ?? 0) + segments;
}

/** Adds what one told to what others told. */
export function addTx(to: Tx, { ready, waiting, events }: Tx): void {
  for (const [rank, n] of ready.entries()) addReady(to, rank, n);
  to.waiting += waiting;
  to.events += events;
}

/** Work that may take long: each `yield` is a place where the event loop may have a turn, the transaction staying open. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** A piece of work as the committer runs it. */
export interface Job {
  readonly tx: Tx;
  /** Goes on; true when it is finished. */
  step(): boolean;
  /** Its transaction is on the disk. */
  resolve(): void;
  /** Nothing of it was kept. */
  reject(error: Error): void;
}

/** A job, and the promise of whoever asked for it. */
export interface Made<T> {
  readonly job: Job;
  readonly promise: Promise<T>;
}

/** A job done in one step. */
export function makeJob<T>(work: (tx: Tx) => T): Made<T> {
  return make((tx, finish) => () => {
    finish(work(tx));
    return true;
  });
}

/** A job in steps; begun when it is first stepped. */
export function makeSteppedJob<T>(work: (tx: Tx) => Steps<T>): Made<T> {
  return make((tx, finish) => {
    let steps: Steps<T> | undefined;
    return () => {
      steps ??= work(tx);
      const next = steps.next();
      if (next.done) finish(next.value);
      return next.done ?? false;
    };
  });
}

function make<T>(prepare: (tx: Tx, finish: (value: T) => void) => () => boolean): Made<T> {
  const tx = newTx();
  const result: { value?: T } = {};
  const step = prepare(tx, (value) => {
    result.value = value;
  });
  const { promise, resolve, reject } = deferred<T>();
  const done = (): void => {
    if ('value' in result) resolve(result.value);
  };
  return { job: { tx, step, resolve: done, reject }, promise };
}
