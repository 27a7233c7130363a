import type { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../base/fault.ts';
import { type Column, columnsOf, readRow, type WrittenRow } from '../contacts/columns.ts';
import { CsvReader, type CsvRow } from '../contacts/csv-read.ts';
import { TextDecoding } from '../contacts/decode-text.ts';
import type { Contact, ContactChange, ImportConsent, RowOutcome } from '../store/records/contact.ts';
import { LIST_MAX } from './broken-request.ts';
import { readConsent } from './consents.ts';
import { readContact } from './contacts.ts';
import { numberAt } from './number-at.ts';
import type { ApiParts } from './parts.ts';
import { refusedRow } from './problem.ts';
import { ListConsent } from './schemas/consent.ts';
import { ImportedContact } from './schemas/contact.ts';
import type { ContactImport, ContactImportQuery } from './schemas/contact-import.ts';
import type { Slices } from './slices.ts';
import { bodyCheck } from './validation.ts';

/** Rows that are staged in one transaction; fewer where messages wait meanwhile. */
const TOGETHER = 200;

/** Rows that are read before others get a turn. */
const ROWS_A_TURN = 25;

const MOST_ERRORS = 1000;

const contactCheck = bodyCheck(ImportedContact, 'The row');
const consentCheck = bodyCheck(ListConsent, 'The consent');

type Parts = Pick<ApiParts, 'store' | 'clock' | 'normalizeNumber'>;

/** A row that can be a contact. */
interface ReadyRow {
  readonly row: number;
  readonly change: ContactChange;
}

const DOES: Readonly<Record<RowOutcome, 'create' | 'change' | 'keep'>> = { created: 'create', changed: 'change', kept: 'keep' };

/** One list of contacts on its way into the store. */
export class ContactList {
  readonly #parts: Parts;
  readonly #slices: Slices;
  readonly #query: ContactImportQuery;
  readonly #mapping: ReadonlyMap<string, string>;
  readonly #consent: ImportConsent | null;
  readonly #dryRun: boolean;
  readonly #counts = { created: 0, changed: 0, kept: 0, refused: 0, total: 0 };
  readonly #errors: ContactImport['errors'] = [];
  readonly #shown: ContactImport['rows'] = [];
  /** Of a dry run: who was on the list before. */
  readonly #seen = new Set<string>();
  #columns: Column[] | undefined;
  #ready: ReadyRow[] = [];

  /** @throws Fault `requestInvalid`, and those of a consent, for parameters that cannot be read */
  constructor(query: ContactImportQuery, parts: Parts, slices: Slices) {
    this.#parts = parts;
    this.#slices = slices;
    this.#query = query;
    this.#dryRun = query.dryRun === 'true';
    this.#mapping = mappingIn(query.mapping);
    this.#consent = query.consent === undefined ? null : consentIn(query.consent, parts);
  }

  get isDryRun(): boolean {
    return this.#dryRun;
  }

  /**
   * Reads the list and stages its rows; seen are all of them at once, at the end. Where it cannot be read to its end, nothing of
   * it is kept.
   * @throws Fault `bodyInvalid`, `bodyTooLarge`, `requestInvalid`, `importRunning`
   */
  async take(body: Readable): Promise<ContactImport> {
    const { imports } = this.#parts.store.contacts;
    if (!this.#dryRun && !(await imports.begin(this.#consent))) {
      throw new Fault('importRunning', 'Another list is being imported; ask again when it is through.', [], { retryAfter: 10 });
    }
    const text = new TextDecoding(this.#query.encoding);
    const csv = new CsvReader();
    try {
      let octets = 0;
      for await (const chunk of body) {
        const part: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
        octets += part.length;
        if (octets > LIST_MAX) throw new Fault('bodyTooLarge', `A list may have at most ${LIST_MAX} octets; send it in parts.`);
        await this.#rows(csv.push(withoutMark(text.push(part), octets === part.length)));
      }
      await this.#rows(csv.push(text.end()));
      await this.#rows(csv.end());
      await this.#stage();
      if (!this.#dryRun) await imports.flip();
    } finally {
      if (!this.#dryRun) while (!(await imports.tidy()));
    }
    return {
      dryRun: this.#dryRun,
      encoding: text.encoding,
      separator: csv.separator ?? null,
      columns: (this.#columns ?? []).map(({ heading, target }) => ({ heading, target })),
      ...this.#counts,
      errors: this.#errors,
      rows: this.#shown,
    };
  }

  async #rows(rows: readonly CsvRow[]): Promise<void> {
    for (const [i, row] of rows.entries()) {
      if (i % ROWS_A_TURN === 0) await this.#slices.next();
      this.#columns ??= this.#heading(row);
      if (row === this.#headingRow) continue;
      this.#counts.total += 1;
      this.#read(row, this.#columns);
      if (this.#ready.length === TOGETHER) await this.#stage();
    }
  }

  #headingRow: CsvRow | undefined;

  #heading(row: CsvRow): Column[] {
    this.#headingRow = row;
    return columnsOf(row.cells, this.#mapping);
  }

  #read({ row, cells }: CsvRow, columns: readonly Column[]): void {
    try {
      this.#ready.push({ row, change: changeOf(readRow(cells, columns), this.#parts) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#counts.refused += 1;
      if (this.#errors.length < MOST_ERRORS) this.#errors.push(refusedRow(row, error));
      this.#show(row, null, 'refuse');
    }
  }

  async #stage(): Promise<void> {
    const rows = this.#ready;
    this.#ready = [];
    if (rows.length === 0) return;
    const changes = rows.map(({ change }) => change);
    const { contacts } = this.#parts.store;
    const outcomes = this.#dryRun
      ? changes.map((change) => this.#foreseen(change, contacts.of(change.externalId)))
      : await this.#staged(changes);
    for (const [i, outcome] of outcomes.entries()) {
      const { row = 0, change } = rows[i] ?? {};
      this.#counts[outcome] += 1;
      this.#show(row, change?.externalId ?? null, DOES[outcome]);
    }
  }

  /** In as many parts as the store makes of it. */
  async #staged(changes: readonly ContactChange[]): Promise<RowOutcome[]> {
    const { store, clock } = this.#parts;
    const outcomes: RowOutcome[] = [];
    while (outcomes.length < changes.length) {
      outcomes.push(...(await store.contacts.imports.stage(changes.slice(outcomes.length), clock.now())));
    }
    return outcomes;
  }

  #foreseen(change: ContactChange, known: Contact | undefined): RowOutcome {
    const again = this.#seen.has(change.externalId);
    this.#seen.add(change.externalId);
    if (!known) return again ? 'changed' : 'created';
    const { fields = {}, ...rest } = change;
    const now = new Map<string, unknown>(Object.entries(known));
    const same =
      Object.entries(rest).every(([name, value]) => isDeepStrictEqual(value, now.get(name))) &&
      Object.entries(fields).every(([name, value]) => isDeepStrictEqual(value, known.fields[name] ?? null));
    return same ? 'kept' : 'changed';
  }

  #show(row: number, externalId: string | null, does: ContactImport['rows'][number]['does']): void {
    const { from = 1, rows = 100 } = this.#query;
    if (row >= from && this.#shown.length < rows) this.#shown.push({ row, externalId, does });
  }
}

const withoutMark = (text: string, first: boolean): string => (first ? text.replace(/^\uFEFF/, '') : text);

/**
 * What a row changes. Who has no id of the list's own goes by the first number.
 * @throws Fault `requestInvalid`, `numberInvalid`
 */
function changeOf(written: WrittenRow, parts: Parts): ContactChange {
  const { externalId = idOfNumber(written, parts), ...said } = written;
  const name = said.name ?? parts.store.contacts.of(externalId)?.name ?? said.firstName ?? said.numbers?.[0] ?? externalId;
  const fields = said.fields && Object.fromEntries(Object.entries(said.fields).filter(([, value]) => value !== null));
  const body: unknown = { externalId, numbers: [], ...said, ...(fields && { fields }), name };
  if (!contactCheck.accepts(body)) throw contactCheck.refusal(body);
  const whole = readContact(externalId, body, parts);
  // What the list has no column for stays as it was.
  return {
    externalId,
    name: whole.name,
    ...(said.firstName === undefined ? {} : { firstName: whole.firstName }),
    ...(said.numbers === undefined ? {} : { numbers: whole.numbers }),
    ...(said.language === undefined ? {} : { language: whole.language }),
    ...(said.timeZone === undefined ? {} : { timeZone: whole.timeZone }),
    ...(said.tags === undefined ? {} : { tags: whole.tags }),
    ...(said.fields === undefined ? {} : { fields: said.fields }),
    ...(said.preferredChannel === undefined ? {} : { preferredChannel: whole.preferredChannel }),
    ...(said.branch === undefined ? {} : { branch: whole.branch }),
  };
}

/**
 * The contact who alone has the number; else the number itself, without its plus.
 * @throws Fault `requestInvalid`, `numberInvalid`
 */
function idOfNumber({ numbers = [] }: WrittenRow, { store, normalizeNumber }: Parts): string {
  const [first] = numbers;
  if (first === undefined) {
    const why = 'has neither an id nor a number';
    throw new Fault('requestInvalid', `The row ${why}.`, [{ pointer: '/numbers', detail: why, reason: 'missing' }]);
  }
  const number = numberAt('/numbers/0', first, normalizeNumber);
  const owners = store.contacts.withNumber(number);
  const [only] = owners;
  return only && owners.length === 1 ? only.externalId : number.slice(1);
}

/** @throws Fault `requestInvalid` */
function mappingIn(written: string | undefined): ReadonlyMap<string, string> {
  const mapping = new Map<string, string>();
  if (written === undefined) return mapping;
  const read = jsonIn('mapping', written);
  for (const [heading, target] of Object.entries(read)) {
    if (typeof target !== 'string') throw notJson('mapping');
    mapping.set(heading, target);
  }
  return mapping;
}

/** @throws Fault `requestInvalid`, `timeInvalid`, `topicInvalid` */
function consentIn(written: string, { clock }: Parts): ImportConsent {
  const body: unknown = jsonIn('consent', written);
  if (!consentCheck.accepts(body)) throw consentCheck.refusal(body);
  return readConsent(body, clock.now());
}

function jsonIn(name: string, written: string): object {
  let read: unknown;
  try {
    read = JSON.parse(written);
  } catch {
    throw notJson(name);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw notJson(name);
  return read;
}

function notJson(name: string): Fault {
  const why = 'is no JSON object, or one with something in it that does not belong there';
  return new Fault('requestInvalid', `The parameter ${name} ${why}.`, [{ pointer: `?${name}`, detail: why }]);
}
