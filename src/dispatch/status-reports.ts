import type { CountryCode } from 'libphonenumber-js/min';
import { reportClass } from '../base/causes.ts';
import type { Log } from '../base/log.ts';
import type { StatusReport } from '../pdu/status-report.ts';
import { countryPrefix, toE164 } from '../policy/e164.ts';
import type { FinalReport, NewReport, ReportCandidate } from '../store/records/report.ts';
import type { Store } from '../store/store.ts';

/**
 * Status reports find the attempt that they are about. The network names it by the SIM, TP-MR (which wraps at 256),
 * recipient (in whatever form the SMSC keeps it) and TP-SCTS, the moment at which the SMSC took the segment.
 */

/** SMSC and our clock may differ by this much before TP-SCTS is believed to speak of another segment, milliseconds. */
const SCTS_TOLERANCE = 600_000;

/** The SMSC forgets a segment after its validity, 63 weeks at most, 24 h by default; reports come up to this late. */
const LATEST_REPORT = 7 * 86_400_000;

/** Fewer digits than this in common name nobody. */
const FEWEST_DIGITS = 7;

/**
 * How TP-RA names the number that was sent to (E.164): in full (international, or as the country of the site writes it, such as `8 916 …`
 * in Russia), or by its last digits alone, which is all that can be said of national writing elsewhere.
 */
export function recipientNamed(reported: string, to: string, country: CountryCode | undefined): 'inFull' | 'byItsEnd' | undefined {
  const digits = reported.replace(/\D/g, '');
  const there = to.replace(/\D/g, '');
  if (digits.replace(/^00/, '') === there) return 'inFull';
  // Whatever the type of number says: some SMSCs call every number international.
  const read = readable(digits, country);
  if (read === to) return 'inFull';
  // It is another number of the country.
  if (read !== undefined && isOf(country, to)) return undefined;
  const end = digits.replace(/^0+/, '');
  if (Math.min(end.length, there.length) < FEWEST_DIGITS) return undefined;
  return there.endsWith(end) || end.endsWith(there) ? 'byItsEnd' : undefined;
}

function readable(written: string, country: CountryCode | undefined): string | undefined {
  try {
    return toE164(written, country);
  } catch {
    return undefined;
  }
}

const isOf = (country: CountryCode | undefined, number: string): boolean =>
  country !== undefined && number.startsWith(countryPrefix(country));

/**
 * The attempt that a report is about. Pure.
 * @param candidates attempts through the SIM whose TP-MR is, was expected to be, or may be that of the report; newest first
 * @param country of the site, for recipients in national writing
 * @returns undefined when none fits or nothing tells two of them apart without guessing
 */
export function matchReport(
  candidates: readonly ReportCandidate[],
  report: { readonly recipient: string; readonly smscAt: number | null },
  country: CountryCode | undefined,
): ReportCandidate | undefined {
  const named = candidates.map((c) => ({ c, how: recipientNamed(report.recipient, c.to, country) }));
  const best = named.some(({ how }) => how === 'inFull') ? 'inFull' : 'byItsEnd';
  const toThem = named.flatMap(({ c, how }) => (how === best ? [c] : []));
  const fitting = toThem.filter((c) => c.state !== 'pending');
  const smscAt = report.smscAt;
  if (smscAt !== null) {
    const near = nearestTo(smscAt, fitting).sort((a, b) => Number(b.mr === 'known') - Number(a.mr === 'known'));
    const nearest = near.find((c) => c.mr !== 'unknown');
    // Two people whom it names alike, at about the same time: the clocks of SMSC and box do not tell them apart.
    if (nearest) return near.some((c) => c.mr === nearest.mr && c.to !== nearest.to) ? undefined : nearest;
    // No TP-MR to go by: SIM, recipient and time name it only while there is one in doubt.
    const doubtful = near.filter((c) => c.state === 'uncertain' && !c.reported);
    // One that is under way to the same number may be what it is about, and cannot tell yet.
    const underWay = toThem.some((c) => c.state === 'pending');
    if (doubtful.length === 1 && !underWay) return doubtful[0];
  }
  // The clocks disagree, or the time stamp is unreadable: only a single open attempt with that very TP-MR will do.
  const open = fitting.filter((c) => c.mr === 'known' && !c.reported);
  return open.length === 1 ? open[0] : undefined;
}

/**
 * Some modems give every segment the same TP-MR, and time alone does not tell the segments of one message apart. So what seems to be
 * about one that has its report already is about the next one to that number that has none; unless TP-SCTS says that it is a repetition.
 * @param finals the reports with this TP-MR that were the last word on an attempt
 */
export function amongAlike(
  match: ReportCandidate,
  candidates: readonly ReportCandidate[],
  smscAt: number,
  finals: readonly FinalReport[],
): ReportCandidate {
  const told = finals.find((f) => f.smscAt === smscAt);
  const repeated = candidates.find((c) => c.attemptId === told?.attemptId && c.to === match.to);
  if (repeated) return repeated;
  const open = candidates.filter((c) => c.to === match.to && c.mr === 'known' && c.state !== 'pending' && !c.reported);
  return nearestTo(smscAt, open)[0] ?? match;
}

/** Those that went out at about the time of TP-SCTS, the nearest first. */
function nearestTo(smscAt: number, candidates: readonly ReportCandidate[]): ReportCandidate[] {
  return candidates
    .filter((c) => Math.abs(c.at - smscAt) <= SCTS_TOLERANCE)
    .sort((a, b) => Math.abs(a.at - smscAt) - Math.abs(b.at - smscAt));
}

const MEANINGS = {
  DELIVERED: 'delivered',
  PENDING_SC_STILL_TRYING: 'pending',
  FAILED_PERMANENT: 'undelivered',
  FAILED_SC_GAVE_UP_TEMPORARY: 'undelivered',
  STATUS_UNKNOWN: 'unknown',
} as const;

/** Keeps each report and moves its message on. */
export class StatusReports {
  constructor(
    private readonly store: Store,
    private readonly log: Log,
    /** Of the site. */
    private readonly country: CountryCode | undefined,
    /** Hears when the SMSC took a segment, by its clock, and when it was handed over, by ours. */
    private readonly onStamp: (iccid: string, stamp: number, sentAt: number) => void = () => {},
  ) {}

  /**
   * Takes a report from a modem; resolves when it is on the disk, so that the modem may be told.
   * @returns whether it changed anything
   */
  async take(iccid: string, report: StatusReport, pdu: string, receivedAt: number): Promise<boolean> {
    const taken: NewReport = {
      iccid,
      mr: report.mr,
      recipient: report.recipient.number,
      tpStatus: report.status,
      meaning: MEANINGS[reportClass(report.status)],
      smscAt: report.smscTime?.epochMs ?? null,
      dischargedAt: report.dischargeTime?.epochMs ?? null,
      receivedAt,
      pdu,
      attemptId: null,
    };
    const match = await this.#matchOf(taken);
    const { applied } = await this.store.report({ ...taken, attemptId: match?.attemptId ?? null });
    if (match) return applied;
    // The answer of its modem may have been written after the look and before the report: whoever wrote it found no report yet.
    const late = await this.claimEarly(iccid, taken.mr, receivedAt);
    if (!late) this.log.info({ iccid, mr: taken.mr, tpStatus: taken.tpStatus }, 'status report without its message');
    return late;
  }

  /**
   * A report can be quicker than the answer of the modem that it is about: looks through those that waited.
   * @param mr the TP-MR of the answer, null where there was none
   * @returns whether one of them changed anything
   */
  async claimEarly(iccid: string, mr: number | null, since: number): Promise<boolean> {
    let changed = false;
    for (const report of await this.store.unmatchedReports(iccid, mr, since)) {
      const match = await this.#matchOf(report);
      if (match && (await this.store.matchReport(report, match.attemptId)).applied) changed = true;
    }
    return changed;
  }

  async #matchOf(report: NewReport): Promise<ReportCandidate | undefined> {
    const { iccid, mr, smscAt } = report;
    const candidates = await this.store.reportCandidates(iccid, mr, report.receivedAt - LATEST_REPORT);
    const found = matchReport(candidates, report, this.country) ?? (await this.#matchInDoubt(candidates, report));
    const match = found && (await this.#amongAlike(found, candidates, report));
    if (match && smscAt !== null) this.onStamp(iccid, smscAt, match.at);
    return match;
  }

  async #amongAlike(match: ReportCandidate, candidates: readonly ReportCandidate[], report: NewReport): Promise<ReportCandidate> {
    const { iccid, mr, smscAt, receivedAt } = report;
    const isAlone = candidates.filter((c) => c.mr === 'known').length < 2;
    if (!match.reported || match.mr !== 'known' || smscAt === null || isAlone) return match;
    return amongAlike(match, candidates, smscAt, await this.store.finalReports(iccid, mr, receivedAt - LATEST_REPORT));
  }

  /** What was predicted for those in doubt was a guess, and the modem may have counted on from elsewhere. */
  async #matchInDoubt(candidates: readonly ReportCandidate[], report: NewReport): Promise<ReportCandidate | undefined> {
    const { iccid, smscAt } = report;
    if (smscAt === null) return undefined;
    const inDoubt = await this.store.attemptsInDoubt(iccid, smscAt - SCTS_TOLERANCE, smscAt + SCTS_TOLERANCE);
    const others = inDoubt.filter((a) => !candidates.some((c) => c.attemptId === a.attemptId));
    return matchReport([...candidates, ...others], report, this.country);
  }
}
