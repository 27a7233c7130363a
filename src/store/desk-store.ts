import type { FollowedText } from './records/follow-up.ts';
import type { OwnReply, Task } from './records/inbound-rules.ts';
import type { Listing, Page } from './records/listing.ts';

/** What follows from what clients write, and is still to be done. */
export interface DeskStore {
  /** Our own replies that are not in the queue yet, the oldest first. Synchronous. */
  openReplies(): OwnReply[];
  /** @param outcome the id of its message, or why there is none */
  settleReply(seq: number, outcome: string): Promise<void>;
  /** Texts after which something may still follow, later than number `after`, in order of arrival. Synchronous. */
  toFollow(after: number, limit: number, now: number): FollowedText[];
  /** All that follows after a text is done. */
  finishFollowing(seq: number): Promise<void>;
  /** Nobody could say what follows after a text: a person is asked to read it. */
  giveUpFollowing(seq: number, at: number): Promise<void>;
  /** What a person is asked to look at, the newest first. @param all also what is done */
  tasks(all: boolean, page: Page): Promise<Listing<Task>>;
  /** Ends a task; one that was ended before stays as it is. Undefined when there is none with this id. */
  finishTask(id: string, by: string, at: number): Promise<Task | undefined>;
}
