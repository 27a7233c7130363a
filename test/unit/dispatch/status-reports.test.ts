import fc from 'fast-check';
import type { CountryCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { amongAlike, matchReport, recipientNamed } from '../../../src/dispatch/status-reports.ts';
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
    for (const same of ['+380501234567', '380501234567', '0501234567', '501234567', '00380501234567', '80501234567', '+80501234567'])
      expect(recipientNamed(same, '+380501234567', 'UA'), same).toBe('inFull');
    for (const same of ['0501234567', '501234567', '1234567'])
      expect(recipientNamed(same, '+380501234567', undefined), same).toBe('byItsEnd');
    for (const other of ['+380501234568', '4567', '', '+48501234567', 'Bank', '0671234567'])
      expect(recipientNamed(other, '+380501234567', 'UA'), other).toBeUndefined();
  });

  it.each([
    ['89161234567', '+79161234567', 'RU'],
    ['9161234567', '+79161234567', 'RU'],
    ['+89161234567', '+79161234567', 'RU'],
    ['+9161234567', '+79161234567', 'RU'],
    ['81079161234567', '+79161234567', 'RU'],
    ['87011234567', '+77011234567', 'KZ'],
    ['015112345678', '+4915112345678', 'DE'],
    ['07400123456', '+447400123456', 'GB'],
  ] as const)('knows %s for %s as %s writes it', (reported, to, country) => {
    expect(recipientNamed(reported, to, country)).toBe('inFull');
  });

  it('believes the last digits alone only where the number is of another country', () => {
    // A SIM of another country than the site's: its SMSC writes as they do there.
    expect(recipientNamed('501234567', '+48501234567', 'UA')).toBe('byItsEnd');
    const both = [attempt(1, 0, { to: '+48501234567' }), attempt(2, MINUTE)];
    expect(matchReport(both, report(0, '501234567'), 'UA')?.attemptId).toBe(2);
  });

  it('never takes one recipient for another, however the SMSC writes', () => {
    const mobile = fc.integer({ min: 0, max: 9_999_999 }).map((n) => String(n).padStart(7, '0'));
    const inCountry = (
      country: CountryCode,
      code: string,
      operators: readonly string[],
      forms: readonly ((national: string) => string)[],
    ) =>
      fc.record({
        country: fc.constant(country),
        code: fc.constant(code),
        first: fc.tuple(fc.constantFrom(...operators), mobile).map((n) => n.join('')),
        second: fc.tuple(fc.constantFrom(...operators), mobile).map((n) => n.join('')),
        sameEnd: fc.boolean(),
        form: fc.constantFrom(...forms),
      });
    const ways = fc.oneof(
      inCountry('RU', '+7', ['916', '495', '985', '903'], [(n) => `8${n}`, (n) => n, (n) => `7${n}`, (n) => `+7${n}`, (n) => `+8${n}`]),
      inCountry('KZ', '+7', ['701', '777', '727'], [(n) => `8${n}`, (n) => n, (n) => `7${n}`, (n) => `+7${n}`]),
      inCountry('UA', '+380', ['50', '67', '80', '93'], [(n) => `0${n}`, (n) => n, (n) => `80${n}`, (n) => `380${n}`, (n) => `00380${n}`]),
    );
    fc.assert(
      fc.property(ways, ({ country, code, first, second, sameEnd, form }) => {
        const other = sameEnd ? second.slice(0, -7) + first.slice(-7) : second;
        const meant = attempt(1, MINUTE, { to: `${code}${first}` });
        const nearer = attempt(2, 0, { to: `${code}${other}` });
        const abroad = attempt(3, 0, { to: `+48${first.slice(-9)}` });
        const reported = report(0, form(first));
        if (first !== other) {
          expect(matchReport([meant, nearer, abroad], reported, country)?.to).toBe(meant.to);
          expect(matchReport([nearer], reported, country)).toBeUndefined();
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves a report that names two recipients alike', () => {
    const candidates = [attempt(2, MINUTE, { to: '+380671234567' }), attempt(1, 0)];
    expect(matchReport(candidates, report(0, '1234567'), 'UA')).toBeUndefined();
    expect(matchReport([candidates[1] ?? attempt(1, 0)], report(0, '1234567'), 'UA')?.attemptId).toBe(1);
  });

  it('D15: TP-MR wraps, so TP-SCTS tells equal ones apart', () => {
    const candidates = [attempt(3, 50 * MINUTE), attempt(2, 25 * MINUTE), attempt(1, 0)];
    expect(matchReport(candidates, report(25 * MINUTE + 3000), 'UA')?.attemptId).toBe(2);
    expect(matchReport(candidates, report(2000), 'UA')?.attemptId).toBe(1);
  });

  it('never attributes a report to another recipient', () => {
    expect(matchReport([attempt(1, 0)], report(0, '+380671112233'), 'UA')).toBeUndefined();
  });

  it('D07: takes an uncertain attempt by its predicted TP-MR only within ten minutes', () => {
    const guess = attempt(1, 0, { state: 'uncertain', mr: 'predicted' });
    expect(matchReport([guess], report(9 * MINUTE), 'UA')?.attemptId).toBe(1);
    expect(matchReport([guess], report(11 * MINUTE), 'UA')).toBeUndefined();
    expect(matchReport([guess], report(null), 'UA')).toBeUndefined();
  });

  it('prefers a known TP-MR to a predicted one', () => {
    const candidates = [attempt(2, MINUTE), attempt(1, 0, { state: 'uncertain', mr: 'predicted' })];
    expect(matchReport(candidates, report(0), 'UA')?.attemptId).toBe(2);
  });

  it('does not guess between two when the time stamp helps no further', () => {
    expect(matchReport([attempt(2, MINUTE), attempt(1, 0)], report(null), 'UA')).toBeUndefined();
    expect(matchReport([attempt(2, MINUTE), attempt(1, 0, { reported: true })], report(null), 'UA')?.attemptId).toBe(2);
    expect(matchReport([attempt(1, 0)], report(5 * 60 * MINUTE), 'UA')?.attemptId).toBe(1);
  });

  it('D07: takes the only attempt in doubt to its recipient whatever TP-MR was guessed for it, unless another is under way', () => {
    const doubt = attempt(1, 0, { state: 'uncertain', mr: 'unknown' });
    expect(matchReport([doubt], report(MINUTE), 'UA')?.attemptId).toBe(1);
    expect(matchReport([attempt(2, MINUTE, { state: 'uncertain', mr: 'unknown' }), doubt], report(MINUTE), 'UA')).toBeUndefined();
    expect(matchReport([attempt(2, MINUTE, { state: 'pending', mr: 'unknown' }), doubt], report(MINUTE), 'UA')).toBeUndefined();
    const toAnother = attempt(2, MINUTE, { state: 'pending', mr: 'unknown', to: '+380671112233' });
    expect(matchReport([toAnother, doubt], report(MINUTE), 'UA')?.attemptId).toBe(1);
  });

  it('leaves an attempt that has no answer yet: its own answer comes first', () => {
    expect(matchReport([attempt(1, 0, { state: 'pending', mr: 'predicted' })], report(0), 'UA')).toBeUndefined();
  });

  it('gives the segments of a modem that has one TP-MR for all of them a report each, and a repetition to the one that had it', () => {
    const segments = [attempt(3, 6000, { reported: true }), attempt(2, 3000), attempt(1, 0)];
    const match = segments[0] ?? attempt(0, 0);
    const finals = [{ attemptId: 3, smscAt: 5000 }];
    expect(amongAlike(match, segments, 8000, finals).attemptId).toBe(2);
    expect(amongAlike(match, segments, 5000, finals).attemptId).toBe(3);
    expect(amongAlike(match, segments, 30 * MINUTE, finals).attemptId).toBe(3);
    const others = [
      match,
      attempt(2, 3000, { to: '+380671234567' }),
      attempt(1, 0, { state: 'pending' }),
      attempt(0, 0, { mr: 'predicted' }),
    ];
    expect(amongAlike(match, others, 8000, finals).attemptId).toBe(3);
  });
});
