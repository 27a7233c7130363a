import type { NewAudit } from './audit.ts';
import type { NewConsent } from './consent.ts';
import type { Listing, Page } from './listing.ts';

/** How a client wants to be reached: `call` and `landline` by a person on the telephone, `noSms` by nobody by text. */
export const CHANNELS = ['sms', 'call', 'landline', 'noSms'] as const;

export type Channel = (typeof CHANNELS)[number];

/** A field of the site's own, as it was given. */
export type OwnField = string | number | boolean | { readonly amount: string; readonly currency: string };

/** A client. Instants are milliseconds since 1970. */
export interface Contact {
  /** The site's own id. */
  readonly externalId: string;
  readonly name: string;
  readonly firstName: string | null;
  /** E.164, the first one is written to. */
  readonly numbers: readonly string[];
  /** Null where they have not said. */
  readonly language: string | null;
  /** An IANA zone; null where it is told by the number alone. */
  readonly timeZone: string | null;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, OwnField>>;
  readonly preferredChannel: Channel;
  /** The external id of a resource. */
  readonly branch: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewContact = Omit<Contact, 'createdAt'>;

/** Each that is given must hold. */
export interface ContactFilter {
  /** Beginnings of words of the name or of the external id, or some digits of a number. */
  readonly search?: string;
  readonly tag?: string;
  readonly number?: string;
  readonly branch?: string;
}

export interface ContactStore {
  /** Adds a contact, or puts it in the place of the one with this external id. */
  put(contact: NewContact): Promise<Contact>;
  /** @returns whether there was one */
  remove(externalId: string, audit?: NewAudit): Promise<boolean>;
  /** Synchronous, as the next two are: they are asked with every message. */
  of(externalId: string): Contact | undefined;
  /** All who have this number: a mother and two children may share one. */
  withNumber(number: string): Contact[];
  /** The zones of those who have this number, null for one who has said none; empty where nobody has said any. */
  zonesOf(number: string): (string | null)[];
  /** By name. */
  list(filter: ContactFilter, page: Page): Promise<Listing<Contact>>;
  /** The longest names and first names, a few of each: what a text may grow to. */
  longestNames(): { readonly name: string[]; readonly firstName: string[] };
  readonly imports: ContactImportStore;
  /** All contacts in turn, a part at a time: begin after 0; `last` is null at the end. Synchronous, as the next three are. */
  walk(after: number, limit: number): { readonly data: Contact[]; readonly last: number | null };
  /** What is dated about a contact, of one kind. */
  occasionsOf(contact: Contact, kind: string): readonly ContactOccasion[];
  /** When somebody last wrote or called from one of these numbers; undefined for never. */
  heardAt(numbers: readonly string[]): number | undefined;
  /** When one of these numbers was last written to, codes apart. */
  writtenAt(numbers: readonly string[]): number | undefined;
}

/** An occasion, as far as segments ask. */
export interface ContactOccasion {
  readonly kind: string;
  readonly status: string | null;
  readonly attendance: string | null;
  /** When it is; when it was told of, where it has no time. */
  readonly at: number;
}

/** What an imported row says of a contact; what it leaves out stays as it was. */
export type ContactChange = { readonly externalId: string } & Partial<
  Omit<Contact, 'externalId' | 'fields' | 'createdAt' | 'updatedAt'>
> & {
    /** By name; null takes one away. */
    readonly fields?: Readonly<Record<string, OwnField | null>>;
  };

/** What everybody on an imported list agreed to. */
export type ImportConsent = Omit<NewConsent, 'id' | 'to'>;

/** What becomes of a row. */
export type RowOutcome = 'created' | 'changed' | 'kept';

/**
 * Imports, one at a time: `begin`, `stage` as often as there are rows, then `flip` makes all of them seen at once, and `tidy` puts
 * away what is not needed any more. After a crash before the flip nothing of it is left; after it, `tidy` goes on.
 */
export interface ContactImportStore {
  /** @returns whether one may begin: not while another is put away */
  begin(consent: ImportConsent | null): Promise<boolean>;
  /** At most 500 rows, with turns for others between. @returns what became of them, or of the first of them where others wait */
  stage(rows: readonly ContactChange[], now: number): Promise<RowOutcome[]>;
  flip(): Promise<void>;
  /** A short piece of the work; true when there is no more. Before the flip it takes back what was staged. */
  tidy(): Promise<boolean>;
}

/** A doctor, a bay, a site: what a visit is with or at. */
export interface Resource {
  readonly externalId: string;
  /** A word of the site's own; `branch` is a place of business. */
  readonly kind: string;
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly openingHours: string | null;
  /** Its name stays out of texts. */
  readonly hideName: boolean;
  /** The external id of the resource that it belongs to. */
  readonly branch: string | null;
  readonly updatedAt: number;
}

export interface ResourceStore {
  put(resource: Resource, audit?: NewAudit): Promise<void>;
  remove(externalId: string, audit?: NewAudit): Promise<boolean>;
  /** Synchronous: it is asked with every text that names one. */
  of(externalId: string): Resource | undefined;
  /** By external id. @param kind of all where it is not given */
  all(kind?: string): Resource[];
}
