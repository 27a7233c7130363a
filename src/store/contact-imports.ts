import { isDeepStrictEqual } from 'node:util';
import { newId } from '../base/ids.ts';
import { PURPOSES } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import type { Consents } from './consents.ts';
import { CONTACT_COLUMNS, type ContactRow, contactOf } from './contact-rows.ts';
import type { Contacts } from './contacts.ts';
import type { Db } from './database.ts';
import type { Contact, ContactChange, ImportConsent, OwnField, RowOutcome } from './records/contact.ts';
import type { Steps } from './work.ts';

/** Rows between two chances for the event loop, and rows that are put away in one transaction. */
const STEP = 20;
const TIDIED = 200;

/** Stages imported rows beside those that are used, and makes them seen by one flip; see `schema-contacts.ts`. */
export class ContactImports {
  readonly #contacts: Contacts;
  readonly #consents: Consents;
  readonly #random: Random;
  /** What was imported of a contact is what is used from now on. */
  readonly #onSeen: (externalId: string, at: number) => void;
  readonly #sql;

  constructor(
    writer: Db,
    parts: { contacts: Contacts; consents: Consents; random: Random; onSeen: (externalId: string, at: number) => void },
  ) {
    this.#onSeen = parts.onSeen;
    this.#contacts = parts.contacts;
    this.#consents = parts.consents;
    this.#random = parts.random;
    const ROWS = `SELECT ${CONTACT_COLUMNS} FROM contacts`;
    this.#sql = {
      state: writer.prepare<[], { flipped: number; consent: string | null }>('SELECT flipped, consent FROM contact_flip'),
      setState: writer.prepare<[number, string | null]>('UPDATE contact_flip SET flipped = ?, consent = ?'),
      flip: writer.prepare('UPDATE contact_flip SET flipped = 1'),
      anyStaged: writer.prepare<[], number>('SELECT 1 FROM contacts INDEXED BY contacts_staged WHERE stage <> 0 LIMIT 1').pluck(),
      versions: writer.prepare<[string], ContactRow>(`${ROWS} WHERE external_id = ?`),
      staged: writer.prepare<[number], ContactRow>(`${ROWS} INDEXED BY contacts_staged WHERE stage <> 0 ORDER BY stage DESC LIMIT ?`),
      setStage: writer.prepare<[number, number]>('UPDATE contacts SET stage = ? WHERE seq = ?'),
    };
  }

  begin(consent: ImportConsent | null): boolean {
    if (this.#sql.anyStaged.get() !== undefined || this.#state().flipped) return false;
    this.#sql.setState.run(0, consent && JSON.stringify(consent));
    return true;
  }

  /** @param isAwaited whether others wait for this transaction: then it ends after the rows that are done */
  *stage(rows: readonly ContactChange[], now: number, isAwaited: () => boolean): Steps<RowOutcome[]> {
    // A consent is recorded for each row that is on the list, changed or not.
    const always = this.#sql.state.get()?.consent !== null;
    const outcomes: RowOutcome[] = [];
    for (const [i, row] of rows.entries()) {
      outcomes.push(this.#stageOne(row, now, always));
      if (i % STEP !== STEP - 1) continue;
      yield;
      if (isAwaited()) break;
    }
    return outcomes;
  }

  flip(): void {
    this.#sql.flip.run();
  }

  /** What of the import is about this contact is done now: something else is to be done to it. */
  settle(externalId: string): void {
    const { flipped, consent } = this.#state();
    if (flipped) for (const row of this.#sql.versions.all(externalId)) this.#tidyOne(row, flipped, consent);
  }

  *tidy(isAwaited: () => boolean): Steps<boolean> {
    const { flipped, consent } = this.#state();
    const rows = this.#sql.staged.all(TIDIED);
    for (const [i, row] of rows.entries()) {
      this.#tidyOne(row, flipped, consent);
      if (i % STEP !== STEP - 1) continue;
      yield;
      if (isAwaited()) return false;
    }
    if (rows.length === TIDIED) return false;
    this.#sql.setState.run(0, null);
    return true;
  }

  #stageOne({ externalId, fields = {}, ...change }: ContactChange, now: number, always: boolean): RowOutcome {
    const versions = this.#sql.versions.all(externalId);
    const staged = versions.find(({ stage }) => stage === 1);
    const used = versions.find(({ stage }) => stage !== 1);
    const before = staged ?? used;
    const known = before && contactOf(before);
    const whole: Contact = {
      ...NEW,
      ...known,
      ...change,
      fields: merged(known?.fields ?? {}, fields),
      externalId,
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
    };
    const same = known !== undefined && isSame(known, whole);
    if (same && (staged || !always)) return 'kept';
    if (staged) this.#contacts.drop(staged);
    if (used) this.#sql.setStage.run(2, used.seq);
    this.#contacts.add(whole, 1);
    return known ? (same ? 'kept' : 'changed') : 'created';
  }

  #tidyOne(row: ContactRow, flipped: boolean, consent: ImportConsent | undefined): void {
    if (row.stage === (flipped ? 2 : 1)) {
      this.#contacts.drop(row);
    } else if (row.stage !== 0) {
      this.#sql.setStage.run(0, row.seq);
      if (flipped && row.stage === 1) this.#onSeen(row.externalId, row.updatedAt);
      if (flipped && consent)
        for (const to of contactOf(row).numbers) this.#consents.add({ ...consent, id: newId('con', this.#random), to });
    }
  }

  #state(): { readonly flipped: boolean; readonly consent: ImportConsent | undefined } {
    const state = this.#sql.state.get();
    return { flipped: state?.flipped === 1, consent: readConsent(state?.consent ?? null) };
  }
}

/** What a contact is of whom nothing is said. */
const NEW = {
  name: '',
  firstName: null,
  numbers: [],
  language: null,
  timeZone: null,
  tags: [],
  fields: {},
  preferredChannel: 'sms',
  branch: null,
} as const;

function merged(known: Contact['fields'], said: NonNullable<ContactChange['fields']>): Contact['fields'] {
  const fields: Record<string, OwnField> = Object.assign(Object.create(null), known);
  for (const [name, value] of Object.entries(said)) {
    if (value === null) delete fields[name];
    else fields[name] = value;
  }
  return fields;
}

const isSame = (a: Contact, b: Contact): boolean =>
  isDeepStrictEqual({ ...a, fields: { ...a.fields } }, { ...b, fields: { ...b.fields }, updatedAt: a.updatedAt });

/** As `begin` wrote it. */
function readConsent(json: string | null): ImportConsent | undefined {
  const read: unknown = json === null ? null : JSON.parse(json);
  if (typeof read !== 'object' || read === null) return undefined;
  const said = new Map<string, unknown>(Object.entries(read));
  const text = (name: string): string => String(said.get(name) ?? '');
  const time = (name: string): number => Number(said.get(name));
  const topic = said.get('topic');
  const until = said.get('until');
  return {
    purpose: PURPOSES.find((purpose) => purpose === said.get('purpose')) ?? 'promotional',
    topic: typeof topic === 'string' ? topic : null,
    source: text('source'),
    wording: text('wording'),
    actor: text('actor'),
    at: time('at'),
    until: typeof until === 'number' ? until : null,
    recordedAt: time('recordedAt'),
  };
}
