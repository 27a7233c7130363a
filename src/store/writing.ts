import type { NewAudit } from './records/audit.ts';
import type { Steps, Tx } from './work.ts';

/** How the parts of the store write: what waits together is committed together. */
export interface Writing {
  /** Runs `work` in the next transaction; resolves with its result after the commit. */
  write<T>(work: (tx: Tx) => T): Promise<T>;
  /** The same for work in steps. */
  writeInSteps<T>(work: (tx: Tx) => Steps<T>): Promise<T>;
  /** Whether somebody waits for the transaction that is open. */
  readonly isAwaited: boolean;
  /** One step, and its entry in the audit log, if it is done. */
  audited<T>(entry: NewAudit | undefined, work: (tx: Tx) => T, isDone?: (result: T) => boolean): Promise<T>;
}
