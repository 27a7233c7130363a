import table from './data/causes.json' with { type: 'json' };

/**
 * Why a segment was not sent, or a report says what it says: the one table of causes (`data/causes.json`), found by code.
 *
 * A cause is written `CMS-38` (+CMS ERROR, TS 27.005 3.2.5, which also carries the RP-cause 1..127 and TP-FCS 128..255),
 * `CME-30` (+CME ERROR, TS 27.007 9.2) or `EV-TIMEOUT` (an event on the line that has no code). From 512 on the makers of
 * modems gave codes of their own, and gave them different meanings: `CMS-513/wavecom` says whose it is, so that it can be
 * stored and understood later; without that nobody knows, and it is UNCERTAIN.
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

/** Whose meaning the +CMS ERROR codes from 512 on have; a modem's profile says so. */
export const VENDORS = ['siemens', 'wavecom'] as const;

export type Vendor = (typeof VENDORS)[number];

export interface Cause {
  /** `CMS-38`, `CME-30`, `EV-TIMEOUT`, and with its vendor `CMS-513/wavecom`. */
  readonly code: string;
  readonly name: string;
  readonly class: CauseClass;
  /** What is to be done, in words, and what it means for the SIM: for people who look at the table. */
  readonly action: string;
  readonly simEffect: string;
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
  readonly vendor?: string;
  readonly event?: string;
  readonly name: string;
  readonly class: string;
  readonly notSent: string;
  readonly simEffect: string;
  readonly action: string;
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

/** The narrowest row that holds the value, so that `41` wins over `1-127`; a vendor's rows are for that vendor alone. */
function find(space: string, value: number, vendor: Vendor | null = null): Row | undefined {
  let best: Row | undefined;
  for (const row of rows) {
    if (row.space !== space || row.from === undefined || row.to === undefined) continue;
    if (value < row.from || value > row.to) continue;
    if (row.vendor !== undefined && row.vendor !== vendor) continue;
    if (!best || row.to - row.from < (best.to ?? 0) - (best.from ?? 0)) best = row;
  }
  return best;
}

const isVendor = (name: string | undefined): name is Vendor => VENDORS.some((vendor) => vendor === name);

/**
 * What is known about a cause.
 * @param code `CMS-n`, `CME-n` or `EV-…`; one that the table lacks is UNCERTAIN, since nothing says that it was not sent
 * @param vendor whose codes from 512 on the modem gives, as its profile says (`vendorErrors`); where `code` names one itself, that one
 * @returns the cause; its code names the vendor when the meaning is that vendor's
 */
export function causeOf(code: string, vendor: Vendor | null = null): Cause {
  const numbered = /^((CMS|CME)-(\d{1,5}))(?:\/([a-z]+))?$/.exec(code);
  const own = numbered?.[4];
  const whose = own === undefined ? vendor : isVendor(own) ? own : null;
  const row = numbered ? find(numbered[2] ?? '', Number(numbered[3]), whose) : rows.find((r) => r.event === code);
  if (!row || !isCauseClass(row.class)) return { ...UNKNOWN, code };
  return {
    code: row.vendor === undefined ? code : `${numbered?.[1]}/${row.vendor}`,
    name: row.name,
    class: row.class,
    action: row.action,
    simEffect: row.simEffect,
    surelyNotSent: row.notSent === 'yes',
    backoff: row.backoff ?? [],
    otherSim: row.otherSim ?? false,
  };
}

const UNKNOWN: Omit<Cause, 'code'> = {
  name: 'A code that is in no table',
  class: 'UNCERTAIN',
  action: 'do not auto-resend',
  simEffect: 'none',
  surelyNotSent: false,
  backoff: [],
  otherSim: false,
};

/**
 * What a status report says (TS 23.040 9.2.3.15).
 * @param tpStatus TP-ST, 0..255
 */
export function reportClass(tpStatus: number): ReportClass {
  const row = find('TP-ST', tpStatus);
  return row && isReportClass(row.class) ? row.class : 'STATUS_UNKNOWN';
}
