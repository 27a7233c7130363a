import type { ConversationFilter, ConversationView } from './records/conversation.ts';
import type { Listing, Page } from './records/listing.ts';

/** What passed between the box and each client. */
export interface ConversationStore {
  /**
   * Clients who wrote or called, whoever did so last first. With `search` at most one page, of what came lately.
   * A page may be shorter than its limit, and still have a next one.
   */
  list(filter: ConversationFilter, page: Page): Promise<Listing<ConversationView>>;
  /** Clients with something that nobody has seen; at most 1,000 are counted. Synchronous. */
  unseen(): number;
  /** Somebody has seen what a client wrote and called until then. */
  see(contact: string, until: number, now: number): Promise<void>;
}
