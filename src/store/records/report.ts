import type { AttemptOutcome } from './message.ts';

/** Status reports, and the attempts that they may be about. */

export interface ReportCandidate {
  readonly attemptId: number;
  readonly to: string;
  readonly at: number;
  readonly state: AttemptOutcome;
  /** What is equal to the TP-MR of the report: the one that the attempt had, the one predicted; or it is not known. */
  readonly mr: 'known' | 'predicted' | 'unknown';
  readonly reported: boolean;
}

export interface NewReport {
  readonly iccid: string;
  readonly mr: number;
  /** TP-RA as it came. */
  readonly recipient: string;
  /** TP-ST, 0..255. */
  readonly tpStatus: number;
  readonly meaning: 'delivered' | 'pending' | 'undelivered' | 'unknown';
  /** TP-SCTS and TP-DT, when they could be read. */
  readonly smscAt: number | null;
  readonly dischargedAt: number | null;
  readonly receivedAt: number;
  readonly pdu: string;
  readonly attemptId: number | null;
}

/** The last word on a segment, and which TP-SCTS it named it by. */
export interface FinalReport {
  readonly attemptId: number;
  readonly smscAt: number | null;
}

export interface StoredReport extends NewReport {
  readonly id: number;
}
