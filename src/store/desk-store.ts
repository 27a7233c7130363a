import type { NewAudit } from './records/audit.ts';
import type { FollowedText } from './records/follow-up.ts';
import type { NewOwnReply, OwnReply, ReplyCounts, ReplyKind, Task } from './records/inbound-rules.ts';
import type { Listing, Page } from './records/listing.ts';
import type { Rule, RuleDeed } from './records/rule.ts';

/** What follows from what clients write, and is still to be done. */
export interface DeskStore {
  /** Our own replies that are not in the queue yet, the oldest first. Synchronous. */
  openReplies(): OwnReply[];
  /** @param outcome the id of its message, or why there is none */
  settleReply(seq: number, outcome: string): Promise<void>;
  /** What is asked before a text is answered. @param heard the text */
  replyCounts(from: string, heard: string, now: number): Promise<ReplyCounts>;
  /** When a number last had a reply of this kind. */
  lastReply(to: string, kind: ReplyKind): Promise<number | null>;
  /** Writes down a text about an inbound one, unless there is one of its kind or there were `most` of them since then. */
  tellOnce(reply: NewOwnReply, most: number, since: number): Promise<void>;
  /** Does what follows from a text by the site's rules, unless that was done before. */
  doByRule(text: FollowedText, deed: RuleDeed, at: number): Promise<void>;
  /** The rules that were made by API, in that order. Synchronous. */
  rules(): Rule[];
  putRule(rule: Rule, at: number, audit?: NewAudit): Promise<void>;
  /** @returns whether there was one of this name */
  removeRule(name: string, audit?: NewAudit): Promise<boolean>;
  /** Texts after which something may still follow, later than number `after`, in order of arrival. Synchronous. */
  toFollow(after: number, limit: number, now: number): FollowedText[];
  /** All that follows after a text is done. */
  finishFollowing(seq: number): Promise<void>;
  /** Nobody could say what follows after a text: a person is asked to read it. */
  giveUpFollowing(seq: number, at: number): Promise<void>;
  /** What a person is asked to look at, the newest first. @param all also what is done @param contact about this number alone */
  tasks(all: boolean, page: Page, contact?: string): Promise<Listing<Task>>;
  /** Writes down what somebody at the desk asks of the others about a number. @param text in their own words */
  addTask(task: Pick<Task, 'contact' | 'at'> & { readonly text: string }): Promise<Task>;
  /** Ends a task; one that was ended before stays as it is. Undefined when there is none with this id. */
  finishTask(id: string, by: string, at: number): Promise<Task | undefined>;
}
