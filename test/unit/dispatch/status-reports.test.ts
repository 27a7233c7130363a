import { describe, expect, it } from 'vitest';
import { matchReport, sameRecipient } from '../../../src/dispatch/status-reports.ts';
import type { ReportCandidate } from '../../../src/store/records/report.ts';

const MINUTE = 60_000;
const attempt = (attemptId: number, at: number, change: Partial<ReportCandidate> = {}): ReportCandidate => ({
  attemptId,
  to: '+380501234567',
  at,
  state: 'sent',
  mr: 'known',
  reported: false,
  ...change,
});
const report = (smscAt: number | null, recipient = '+380501234567') => ({ smscAt, recipient });

describe('which attempt a status report is about', () => {
  it('knows a recipient in national and international form', () => {
    for (const same of ['+380501234567', '380501234567', '0501234567', '501234567', '00380501234567'])
      expect(sameRecipient(same, '+380501234567'), same).toBe(true);
    for (const other of ['+380501234568', '4567', '', '+48501234567', 'Bank'])
      expect(sameRecipient(other, '+380501234567'), other).toBe(false);
  });

  it('D15: TP-MR wraps, so TP-SCTS tells equal ones apart', () => {
    const candidates = [attempt(3, 50 * MINUTE), attempt(2, 25 * MINUTE), attempt(1, 0)];
    expect(matchReport(candidates, report(25 * MINUTE + 3000))?.attemptId).toBe(2);
    expect(matchReport(candidates, report(2000))?.attemptId).toBe(1);
  });

  it('never attributes a report to another recipient', () => {
    expect(matchReport([attempt(1, 0)], report(0, '+380671112233'))).toBeUndefined();
  });

  it('D07: takes an uncertain attempt by its predicted TP-MR only within ten minutes', () => {
    const guess = attempt(1, 0, { state: 'uncertain', mr: 'predicted' });
    expect(matchReport([guess], report(9 * MINUTE))?.attemptId).toBe(1);
    expect(matchReport([guess], report(11 * MINUTE))).toBeUndefined();
    expect(matchReport([guess], report(null))).toBeUndefined();
  });

  it('prefers a known TP-MR to a predicted one', () => {
    const candidates = [attempt(2, MINUTE), attempt(1, 0, { state: 'uncertain', mr: 'predicted' })];
    expect(matchReport(candidates, report(0))?.attemptId).toBe(2);
  });

  it('does not guess between two when the time stamp helps no further', () => {
    expect(matchReport([attempt(2, MINUTE), attempt(1, 0)], report(null))).toBeUndefined();
    expect(matchReport([attempt(2, MINUTE), attempt(1, 0, { reported: true })], report(null))?.attemptId).toBe(2);
    expect(matchReport([attempt(1, 0)], report(5 * 60 * MINUTE))?.attemptId).toBe(1);
  });

  it('D07: takes the only attempt in doubt to its recipient whatever TP-MR was guessed for it, unless another is under way', () => {
    const doubt = attempt(1, 0, { state: 'uncertain', mr: 'unknown' });
    expect(matchReport([doubt], report(MINUTE))?.attemptId).toBe(1);
    expect(matchReport([attempt(2, MINUTE, { state: 'uncertain', mr: 'unknown' }), doubt], report(MINUTE))).toBeUndefined();
    expect(matchReport([attempt(2, MINUTE, { state: 'pending', mr: 'unknown' }), doubt], report(MINUTE))).toBeUndefined();
    const toAnother = attempt(2, MINUTE, { state: 'pending', mr: 'unknown', to: '+380671112233' });
    expect(matchReport([toAnother, doubt], report(MINUTE))?.attemptId).toBe(1);
  });

  it('leaves an attempt that has no answer yet: its own answer comes first', () => {
    expect(matchReport([attempt(1, 0, { state: 'pending', mr: 'predicted' })], report(0))).toBeUndefined();
  });
});
