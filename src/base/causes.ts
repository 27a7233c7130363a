import table from './data/causes.json' with { type: 'json' };

/**
 * Why a segment was not sent, or a report says what it says: the one table of causes (`data/causes.json`), found by code.
 *
 * A cause is written `CMS-38` (+CMS ERROR, TS 27.005 3.2.5, which also carries the RP-cause 1..127 and TP-FCS 128..255),
 * `CME-30` (+CME ERROR, TS 27.007 9.2) or `EV-TIMEOUT` (an event on the line that has no code).
 */
export type CauseClass =
  | 'RETRY_SAME_SIM_LATER'
  | 'RETRY_OTHER_SIM'
  | 'SIM_BARRED_OR_NO_CREDIT'
  | 'OPERATOR_ACTION'
  | 'PERMANENT'
  | 'PERMANENT_OUR_PDU'
  | 'QUARANTINE_MODEM'
  | 'UNCERTAIN'
  | 'ACCEPTED_EARLIER'
  | 'NOT_A_SEND_FAILURE';

export type ReportClass = 'DELIVERED' | 'PENDING_SC_STILL_TRYING' | 'FAILED_PERMANENT' | 'FAILED_SC_GAVE_UP_TEMPORARY' | 'STATUS_UNKNOWN';

export interface Cause {
  /** `CMS-38`, `CME-30`, `EV-TIMEOUT`. */
  readonly code: string;
  readonly name: string;
  readonly class: CauseClass;
  /** Whether the code itself says that the network did not take the segment. */
  readonly surelyNotSent: boolean;
  /** Seconds before the 2nd, 3rd ... try where the class is RETRY_SAME_SIM_LATER; empty elsewhere. */
  readonly backoff: readonly number[];
  /** Whether another SIM should take it when there is one. */
  readonly otherSim: boolean;
}

interface Row {
  readonly space: string;
  readonly from?: number;
  readonly to?: number;
  readonly event?: string;
  readonly name: string;
  readonly class: string;
  readonly notSent: string;
  readonly backoff?: readonly number[];
  readonly otherSim?: boolean;
}

const rows: readonly Row[] = table.rows;

const SEND_CLASSES: ReadonlySet<string> = new Set<CauseClass>([
  'RETRY_SAME_SIM_LATER',
  'RETRY_OTHER_SIM',
  'SIM_BARRED_OR_NO_CREDIT',
  'OPERATOR_ACTION',
  'PERMANENT',
  'PERMANENT_OUR_PDU',
  'QUARANTINE_MODEM',
  'UNCERTAIN',
  'ACCEPTED_EARLIER',
  'NOT_A_SEND_FAILURE',
]);

const isCauseClass = (name: string): name is CauseClass => SEND_CLASSES.has(name);

const REPORT_CLASSES: ReadonlySet<string> = new Set<ReportClass>([
  'DELIVERED',
  'PENDING_SC_STILL_TRYING',
  'FAILED_PERMANENT',
  'FAILED_SC_GAVE_UP_TEMPORARY',
  'STATUS_UNKNOWN',
]);

const isReportClass = (name: string): name is ReportClass => REPORT_CLASSES.has(name);

/** The narrowest row that holds the code, so that `41` wins over `1-127`. */
function find(space: string, value: number): Row | undefined {
  let best: Row | undefined;
  for (const row of rows) {
    if (row.space !== space || row.from === undefined || row.to === undefined) continue;
    if (value < row.from || value > row.to) continue;
    if (!best || row.to - row.from < (best.to ?? 0) - (best.from ?? 0)) best = row;
  }
  return best;
}

/**
 * What is known about a cause.
 * @param code `CMS-n`, `CME-n` or `EV-…`; one that the table lacks is UNCERTAIN, since nothing says that it was not sent
 */
export function causeOf(code: string): Cause {
  const numbered = /^(CMS|CME)-(\d{1,5})$/.exec(code);
  const row = numbered ? find(numbered[1] ?? '', Number(numbered[2])) : rows.find((r) => r.event === code);
  if (!row || !isCauseClass(row.class)) {
    return { code, name: 'A code that is in no table', class: 'UNCERTAIN', surelyNotSent: false, backoff: [], otherSim: false };
  }
  return {
    code,
    name: row.name,
    class: row.class,
    surelyNotSent: row.notSent === 'yes',
    backoff: row.backoff ?? [],
    otherSim: row.otherSim ?? false,
  };
}

/**
 * What a status report says (TS 23.040 9.2.3.15).
 * @param tpStatus TP-ST, 0..255
 */
export function reportClass(tpStatus: number): ReportClass {
  const row = find('TP-ST', tpStatus);
  return row && isReportClass(row.class) ? row.class : 'STATUS_UNKNOWN';
}
