import type { NewAudit } from './records/audit.ts';
import type {
  Dialogue,
  DialogueFields,
  DialogueFilter,
  DialogueInput,
  FreeThing,
  StockThing,
  StoredDefinition,
  TakeTurn,
} from './records/dialogue.ts';
import type { FollowedText } from './records/follow-up.ts';
import type { Listing, Page } from './records/listing.ts';

export interface NewDialogue {
  readonly definition: StoredDefinition;
  readonly contact: string;
  /** '' where it is not known. */
  readonly sim: string;
  readonly language: string;
  readonly fields: DialogueFields;
  /** When its time is up. */
  readonly endsAt: number;
}

/** Dialogues with clients. Each turn is one transaction: what is heard, what it does, what is said and what is told. */
export interface DialogueStore {
  /** Keeps a definition as the next version of its name; dialogues that go on keep theirs. @returns that version */
  putDefinition(name: string, body: string, at: number, audit?: NewAudit): Promise<StoredDefinition>;
  /** No dialogue begins with it any more. @returns whether one could */
  removeDefinition(name: string, audit?: NewAudit): Promise<boolean>;
  /** Those that dialogues begin with, by name. Synchronous. */
  definitions(): StoredDefinition[];
  /** Begins one; undefined where the client is in another on that SIM. */
  begin(news: NewDialogue, turn: TakeTurn, now: number): Promise<Dialogue | undefined>;
  /** Hands a text to the dialogue that its sender is in, or to a new one. @param begins the one that it would begin */
  hear(text: FollowedText, isCancel: boolean, begins: NewDialogue | undefined, turn: TakeTurn, now: number): Promise<'taken' | 'passed'>;
  /** What came from outside, or from the desk. `null` where it changed nothing, undefined where there is no such dialogue. */
  tell(id: string, input: DialogueInput, turn: TakeTurn, now: number, audit?: NewAudit): Promise<Dialogue | null | undefined>;
  /** Takes the turns whose time has come. @returns how many */
  takeDue(turn: TakeTurn, now: number): Promise<number>;
  /** Ends an auction: who leads has won, the others have not. @returns how many were told */
  closeAuction(definition: string, turn: TakeTurn, now: number): Promise<number>;
  /** When the next turn is due. Synchronous. */
  nextDue(): number | undefined;
  of(id: string): Promise<Dialogue | undefined>;
  /** The newest first. */
  list(filter: DialogueFilter, page: Page): Promise<Listing<Dialogue>>;
  /** Puts these things into a pool: new ones are free, those that somebody has stay theirs, free ones that are not named are gone. */
  putStock(pool: string, things: readonly (FreeThing & { readonly secret: string | null })[], audit?: NewAudit): Promise<void>;
  /** A thing is free again, whoever had it. @returns whether there is such a thing */
  freeThing(pool: string, thing: string, audit?: NewAudit): Promise<boolean>;
  stock(pool: string): Promise<StockThing[]>;
}
