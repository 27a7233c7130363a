/**
 * The catalogue of faults: everything that Simpost refuses or reports has a code here, with its HTTP status and a title.
 * The sentence that says what is wrong, where and what to do (`detail`) is written where the fault is found.
 * Code asks `fault.code` or `isTransient(fault)`; nothing decides by matching a text.
 */
export const FAULTS = {
  requestInvalid: { status: 400, title: 'The request is not as this call expects it' },
  bodyInvalid: { status: 400, title: 'The body is not JSON' },
  cursorInvalid: { status: 400, title: 'The cursor is not one of ours' },
  keyMissing: { status: 401, title: 'An API key is needed' },
  loginRefused: { status: 401, title: 'This is not who it says' },
  codeNeeded: { status: 401, title: 'A code is needed as well' },
  sessionOver: { status: 401, title: 'The session is over' },
  keyInvalid: { status: 401, title: 'The API key is not known' },
  addressForbidden: { status: 403, title: 'The API key may not be used from here' },
  crossSite: { status: 403, title: 'The request may not come from there' },
  setupNeeded: { status: 403, title: 'The box is not set up yet' },
  setupDone: { status: 403, title: 'The box is set up already' },
  scopeMissing: { status: 403, title: 'The API key may not do this' },
  notFound: { status: 404, title: 'There is nothing here' },
  methodNotAllowed: { status: 405, title: 'This address does not take that method' },
  requestTimeout: { status: 408, title: 'The request took too long to arrive' },
  nameTaken: { status: 409, title: 'Somebody has this name' },
  lastOwner: { status: 409, title: 'Nobody would be left to own the box' },
  notUncertain: { status: 409, title: 'This message is not in doubt' },
  notHeld: { status: 409, title: 'Policy does not hold this message' },
  underWay: { status: 409, title: 'Messages are on their way' },
  webhookConfigured: { status: 409, title: 'This webhook stands in the configuration' },
  countDiffers: { status: 409, title: 'It is not the number of recipients that was expected' },
  stateDiffers: { status: 409, title: 'It is in another state' },
  importRunning: { status: 409, title: 'Another list is being imported' },
  countMismatch: { status: 409, title: 'There are not as many as that' },
  tooLate: { status: 409, title: 'It is too late for that' },
  pinNotTried: { status: 409, title: 'No PIN is tried' },
  ussdBusy: { status: 409, title: 'The SIM is in another USSD session' },
  idempotencyInFlight: { status: 409, title: 'The first request with this Idempotency-Key is still being answered' },
  bodyTooLarge: { status: 413, title: 'The body is too large' },
  mediaTypeUnsupported: { status: 415, title: 'The body is of another kind than this call reads' },
  hostUnknown: { status: 421, title: 'This box does not go by that name' },
  numberInvalid: { status: 422, title: 'This cannot be a phone number' },
  textInvalid: { status: 422, title: 'The text cannot be sent' },
  textTooLong: { status: 422, title: 'The text has too many segments' },
  simUnknown: { status: 422, title: 'There is no such SIM' },
  textShouts: { status: 422, title: 'The text shouts' },
  textThreatens: { status: 422, title: 'The reminder threatens' },
  textUnsigned: { status: 422, title: 'The text does not say who writes' },
  wayOutMissing: { status: 422, title: 'The offer does not say how to get no more of them' },
  confirmationIncomplete: { status: 422, title: 'The confirmation lacks what the client needs' },
  openingHoursMissing: { status: 422, title: 'Nothing says when somebody is there' },
  alarmWordsMissing: { status: 422, title: 'Nothing says which words are alarming' },
  settingInvalid: { status: 422, title: 'The setting cannot be so' },
  posterInvalid: { status: 422, title: 'The poster cannot have this word' },
  ruleInvalid: { status: 422, title: 'The rule is not clear' },
  dialogueInvalid: { status: 422, title: 'The dialogue is not clear' },
  dialogueUnknown: { status: 422, title: 'There is no such dialogue to begin' },
  dialogueOpen: { status: 409, title: 'The client is in a dialogue' },
  templateUnknown: { status: 422, title: 'There is no such template' },
  contactUnknown: { status: 422, title: 'There is no such contact' },
  templateInvalid: { status: 422, title: 'The template cannot be used' },
  simRefused: { status: 422, title: 'The SIM may not carry this' },
  timeInvalid: { status: 422, title: 'The time cannot be kept' },
  idempotencyMismatch: { status: 422, title: 'This Idempotency-Key was used with another body' },
  pinRefused: { status: 422, title: 'The SIM does not take this PIN' },
  ussdRefused: { status: 422, title: 'This USSD code is not sent' },
  topicInvalid: { status: 422, title: 'This cannot be a topic' },
  scopeInvalid: { status: 422, title: 'There is no such scope of an opt-out' },
  webhookRefused: { status: 422, title: 'This address is not called' },
  optedOut: { status: 422, title: 'The client does not want this' },
  suppressionsUnknown: { status: 422, title: 'The opt-out list was lost' },
  consentMissing: { status: 422, title: 'The client has not agreed to offers' },
  expired: { status: 422, title: 'The message would be past its time' },
  countryNotAllowed: { status: 422, title: 'This country is not sent to' },
  premiumNumber: { status: 422, title: 'This number charges whoever writes to it' },
  noWindow: { status: 422, title: 'There is no hour at which this may be sent' },
  promotionalPer7Days: { status: 422, title: 'This number has had its offers of the week' },
  monthlyOffers: { status: 422, title: 'This number has had its offer of the month' },
  unanswered: { status: 422, title: 'The client waits for an answer' },
  visitNear: { status: 422, title: 'The client comes within a day' },
  repairUnderWay: { status: 422, title: 'The client waits for a repair' },
  lowRating: { status: 422, title: 'The client was not content lately' },
  linkUnavailable: { status: 422, title: 'There are no public pages' },
  allPerDay: { status: 422, title: 'This number has had its messages of the day' },
  quotaUsedUp: { status: 429, title: 'The quota of this key is used up' },
  recipientLimit: { status: 429, title: 'This number gets too much' },
  costLimit: { status: 429, title: 'Messages have cost enough for a day' },
  adjacentNumbers: { status: 429, title: 'These numbers are blocked for a while' },
  rateLimited: { status: 429, title: 'Too many requests' },
  headersTooLarge: { status: 431, title: 'The request line or its headers are too large' },
  internal: { status: 500, title: 'Simpost made a mistake' },
  networkRefused: { status: 502, title: 'The network refuses this' },
  unavailable: { status: 503, title: 'Simpost cannot do this now' },
  queueFull: { status: 503, title: 'The queue is full' },
  networkMute: { status: 504, title: 'The network does not answer' },
  storeFull: { status: 507, title: 'The disk is full' },
  // Those below never reach an HTTP client as such; the status is what they would be.
  configInvalid: { status: 500, title: 'The configuration has mistakes' },
  storeInUse: { status: 503, title: 'Another daemon uses this data folder' },
  storeNewer: { status: 503, title: 'The store was written by a newer Simpost' },
  storeForeign: { status: 503, title: 'The data folder is not one of ours' },
  suppressionKeyMissing: { status: 503, title: 'The key of the opt-out list is missing' },
  storeDamaged: { status: 503, title: 'The store is damaged' },
  backupFailed: { status: 503, title: 'The backup could not be made' },
  restoreRefused: { status: 422, title: 'This cannot be restored' },
  portGone: { status: 503, title: 'The port is gone' },
  portUnreachable: { status: 503, title: 'Nobody answers at the address of the port' },
  portForbidden: { status: 503, title: 'This user may not open the port' },
  portNotSerial: { status: 503, title: 'This is not a serial port' },
  portBusy: { status: 503, title: 'The port cannot be opened' },
  modemMute: { status: 504, title: 'The modem does not answer' },
  modemRefused: { status: 502, title: 'The modem refuses the command' },
  modemRubbish: { status: 502, title: 'What is on this port does not speak AT' },
  pduInvalid: { status: 422, title: 'The PDU cannot be decoded' },
  closed: { status: 503, title: 'It was closed while waiting' },
} as const satisfies Record<string, { status: number; title: string }>;

export type FaultCode = keyof typeof FAULTS;

/** Why one place is wrong, for programs that say it in a language of their own. */
export const PLACE_REASONS = [
  'missing',
  'unknown',
  'kind',
  'oneOf',
  'notThere',
  'taken',
  'reserved',
  'twice',
  'empty',
  'tooShort',
  'tooLong',
  'tooFew',
  'tooMany',
  'tooSmall',
  'tooLarge',
  'past',
  'future',
  'characters',
  'name',
  'number',
  'amount',
  'country',
  'timeZone',
  'day',
  'network',
  'phrase',
  'tag',
  'fieldName',
  'field',
  'link',
  'idle',
  'columnMissing',
] as const;

export type PlaceReason = (typeof PLACE_REASONS)[number];

/** One place in a request or file that is wrong: `pointer` is a JSON pointer or a config key. */
export interface FaultPlace {
  readonly pointer: string;
  readonly detail: string;
  /** Where it is one that programs know. */
  readonly reason?: PlaceReason | undefined;
  /** The number of the rule that is broken: characters, entries, or the least or most that may stand there. */
  readonly limit?: number | undefined;
}

export class Fault extends Error {
  override readonly name = 'Fault';

  /** Seconds after which the same thing may succeed, where that is known. */
  readonly retryAfter: number | undefined;

  /** @param detail one sentence: what is wrong, where, what to do */
  constructor(
    readonly code: FaultCode,
    detail: string,
    readonly places: readonly FaultPlace[] = [],
    options?: ErrorOptions & { readonly retryAfter?: number },
  ) {
    super(detail, options);
    this.retryAfter = options?.retryAfter;
  }

  get status(): number {
    return FAULTS[this.code].status;
  }

  get title(): string {
    return FAULTS[this.code].title;
  }
}

const TRANSIENT: ReadonlySet<FaultCode> = new Set([
  'unavailable',
  'portGone',
  'portUnreachable',
  'portBusy',
  'modemMute',
  'networkMute',
  'rateLimited',
  'recipientLimit',
  'adjacentNumbers',
  'costLimit',
  'quotaUsedUp',
  'queueFull',
  'storeFull',
]);

/** Whether the same thing may well succeed later. */
export function isTransient(fault: unknown): boolean {
  return fault instanceof Fault && TRANSIENT.has(fault.code);
}

/** One place of what was sent is wrong, and this is why; `reason` and `limit` are for programs that say it in words of their own. */
export const wrongAt = (pointer: string, why: string, reason?: PlaceReason, limit?: number): Fault =>
  faultAt('requestInvalid', pointer, why, reason, limit);

/** As `wrongAt`, where a code says more than that the request is not as it should be. */
export const faultAt = (code: FaultCode, pointer: string, why: string, reason?: PlaceReason, limit?: number): Fault =>
  new Fault(code, `${pointer} ${why}.`, [{ pointer, detail: why, reason, limit }]);

/** As `faultAt`, of a field at the top of what was sent: the sentence calls it by its name. */
export const faultIn = (code: FaultCode, field: string, why: string, reason?: PlaceReason): Fault =>
  new Fault(code, `${field} ${why}.`, [{ pointer: `/${field}`, detail: why, reason }]);
