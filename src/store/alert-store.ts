import type { AlertChannel, NewAlert, StoredAlert } from './records/alert.ts';
import type { Listing, Page } from './records/listing.ts';

/** What is wrong with the box, and who was told. */
export interface AlertStore {
  /**
   * Something is wrong from now on, with the event `alert.raised`. What was wrong a short while before is the same alert, open again
   * and told of no more.
   * @param again milliseconds in which it counts as the same
   */
  raise(alert: NewAlert, sentence: string, now: number, again: number): Promise<void>;
  /** It is over, with the event `alert.over`. */
  end(id: string, sentence: string, now: number): Promise<void>;
  open(): Promise<StoredAlert[]>;
  /** Open, or over since then; the oldest first. */
  since(since: number): Promise<StoredAlert[]>;
  /** These were told, and of those that they are over. */
  told(channel: AlertChannel, raised: readonly string[], over: readonly string[], now: number): Promise<void>;
  /** The newest first; open ones only, or all. */
  list(all: boolean, page: Page): Promise<Listing<StoredAlert>>;
}
