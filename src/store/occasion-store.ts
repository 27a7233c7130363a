import type { Listing, Page } from './records/listing.ts';
import type { Amend, DueStep, Occasion, OccasionFilter, OccasionRef, OccasionView, StepMark } from './records/occasion.ts';

/** Occasions and what is told of them. A step becomes a message by `Store.accept`, which takes it in the same transaction. */
export interface OccasionStore {
  /** Changes an occasion, or makes one, with all that follows, in one transaction. Undefined where there is nothing to do. */
  amend(ref: OccasionRef, now: number, amend: Amend): Promise<Occasion | undefined>;
  /** Forgets it, and takes back what is not begun. @returns whether there was one that `may` let go */
  remove(ref: OccasionRef, now: number, may: (occasion: Occasion) => boolean): Promise<boolean>;
  /** Takes back one thing that was said, unless it is begun. @returns whether it was */
  takeBack(ref: OccasionRef, instance: string, now: number): Promise<boolean>;
  view(ref: OccasionRef): Promise<OccasionView | undefined>;
  /** The newest first. */
  list(filter: OccasionFilter, page: Page): Promise<Listing<OccasionView>>;
  /** The newest of a number. Synchronous. */
  ofNumber(to: string, limit: number): Occasion[];
  /** Those whose time lies between, in parts. @param after the `seq` that the part before ended with, 0 at first */
  between(from: number, until: number, after: number, limit: number): Promise<{ readonly seq: number; readonly occasion: Occasion }[]>;
  /** The client did something: whoever waits for a sign of them need not. */
  heard(to: string, now: number): Promise<void>;

  /** Steps whose time has come, in order. Synchronous. */
  due(now: number, limit: number): DueStep[];
  /** Steps that are planned and may be told in one text. Synchronous. */
  together(joins: string): DueStep[];
  /** What a message told. Synchronous. */
  byMessage(messageId: string): DueStep[];
  /** Occasions that are to be planned anew. Synchronous. */
  toReplan(now: number, limit: number): OccasionRef[];
  /** When the next of those falls due. Synchronous. */
  next(): number | undefined;
  /** It is not told. @param reason camelCase @param tellsDesk whether a person is asked to tell the client */
  skip(step: StepMark, reason: string, tellsDesk: boolean, now: number): Promise<void>;
  /** It is tried again then. */
  later(step: StepMark, takeAt: number): Promise<void>;

  /** The sequences that the site has changed, as JSON by kind. */
  sequences(): Promise<ReadonlyMap<string, string>>;
  /** Changes one, or with null gives the shipped one back; its occasions are planned anew. */
  setSequence(kind: string, sequence: string | null, now: number): Promise<void>;
}
