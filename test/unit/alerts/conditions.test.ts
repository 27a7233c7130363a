import { describe, expect, it } from 'vitest';
import { type BoxState, conditions } from '../../../src/alerts/conditions.ts';
import { ALERT_KINDS, alertPhrase, alertSentence } from '../../../src/texts/alerts.ts';

const MINUTE = 60_000;

const MODEM = { name: 'left', state: 'other', wentWithOthers: false, otherProgram: null, keepsMessages: false } as const;

const WELL: BoxState = {
  canSend: true,
  sims: [{ iccid: '89380', name: 'desk', trouble: null, balanceLow: null, needs: [] }],
  modems: [MODEM],
  lostTogether: 0,
  isDamaged: false,
  backupFailed: false,
  diskFree: 10e9,
  clockTrusted: true,
  paused: false,
  oldestCode: 1000,
  oldestService: 10 * MINUTE,
  inDoubt: 3,
  webhooks: [{ endpoint: 'whk_1', host: 'clinic.example', behind: MINUTE, isGone: false }],
  strangers: [],
  numbersBlocked: false,
  costReached: false,
  lowRatings: [],
};

const SIM = { iccid: '89380', name: 'desk', trouble: null, balanceLow: null, needs: [] } as const;

/** What is wrong, and what is said of it. */
const WRONG: readonly [kind: string, change: Partial<BoxState>, subject: string][] = [
  ['noSim', { canSend: false }, ''],
  ['modemFailed', { modems: [{ ...MODEM, state: 'failed' }] }, 'left'],
  ['modemAbsent', { modems: [{ ...MODEM, state: 'absent' }] }, 'left'],
  ['modemsLost', { lostTogether: 8 }, ''],
  ['portShared', { modems: [{ ...MODEM, otherProgram: 'minicom (process 1234)' }] }, 'left'],
  ['modemKeepsMessages', { modems: [{ ...MODEM, keepsMessages: true }] }, 'left'],
  ['simBarred', { sims: [{ ...SIM, trouble: 'barred' }] }, '89380'],
  ['simSilent', { sims: [{ ...SIM, trouble: 'silent' }] }, '89380'],
  ['balanceLow', { sims: [{ ...SIM, balanceLow: '12 UAH' }] }, '89380'],
  ['packageEnding', { sims: [{ ...SIM, needs: ['packageEnding'] }] }, '89380'],
  ['packageUsedUp', { sims: [{ ...SIM, needs: ['packageUsedUp'] }] }, '89380'],
  ['topUpDue', { sims: [{ ...SIM, needs: ['topUpDue'] }] }, '89380'],
  ['paidEventDue', { sims: [{ ...SIM, needs: ['paidEventDue'] }] }, '89380'],
  ['storeDamaged', { isDamaged: true }, ''],
  ['backupFailed', { backupFailed: true }, ''],
  ['diskLow', { diskFree: 499e6 }, ''],
  ['clockUntrusted', { clockTrusted: false }, ''],
  ['paused', { paused: true, oldestCode: 100 * MINUTE }, ''],
  ['codesLate', { oldestCode: 2 * MINUTE }, ''],
  ['queueOld', { oldestService: 31 * MINUTE }, ''],
  ['manyInDoubt', { inDoubt: 21 }, ''],
  ['webhookBehind', { webhooks: [{ endpoint: 'whk_1', host: 'clinic.example', behind: 16 * MINUTE, isGone: false }] }, 'whk_1'],
  ['webhookGone', { webhooks: [{ endpoint: 'whk_1', host: 'clinic.example', behind: null, isGone: true }] }, 'whk_1'],
  ['newDestinations', { strangers: [{ keyId: 'key_1', name: 'CRM', count: 60 }] }, 'key_1'],
  ['numbersBlocked', { numbersBlocked: true }, ''],
  ['costReached', { costReached: true }, ''],
  ['lowRating', { lowRatings: [{ task: 'task_1', occasion: 'visit/17' }] }, 'task_1'],
];

describe('what is wrong with the box', () => {
  it('is nothing while it is well', () => {
    expect(conditions(WELL)).toEqual([]);
  });

  it.each(WRONG)('is %s', (kind, change, subject) => {
    expect(conditions({ ...WELL, ...change })).toMatchObject([{ kind, subject }]);
  });

  it('has one cause where several modems went at once: none of them counts alone, nor does that nothing can be sent (M11)', () => {
    const gone = { ...MODEM, state: 'absent', wentWithOthers: true } as const;
    const silent = { ...gone, name: 'right', state: 'failed' } as const;
    const all = { ...WELL, canSend: false, lostTogether: 2, modems: [gone, silent] };
    expect(conditions(all)).toMatchObject([{ kind: 'modemsLost', facts: { count: 2 } }]);
    // What went at another time is another cause.
    const alone = { ...MODEM, name: 'hall', state: 'absent' } as const;
    expect(conditions({ ...all, modems: [...all.modems, alone] }).map(({ kind, subject }) => [kind, subject])).toEqual([
      ['modemsLost', ''],
      ['noSim', ''],
      ['modemAbsent', 'hall'],
    ]);
  });

  it('says of what waits since when that is too long, not a count of minutes that nobody can read after a night', () => {
    const night = 2_561 * MINUTE;
    const webhooks = [{ endpoint: 'whk_1', host: 'clinic.example', behind: night, isGone: false }];
    expect(conditions({ ...WELL, oldestService: night, webhooks }).map(({ facts }) => facts.minutes)).toEqual([30, 15]);
  });

  it('has each kind of the catalogue', () => {
    expect(WRONG.map(([kind]) => kind).sort()).toEqual([...ALERT_KINDS].sort());
  });

  it('is said in plain sentences in each language, with everything filled in, in no more than three segments', () => {
    for (const language of ['uk', 'ru', 'en', 'kk', 'pl']) {
      for (const [, change] of WRONG) {
        const [one] = conditions({ ...WELL, ...change });
        if (!one) throw new Error('nothing is wrong');
        for (const state of ['raised', 'over'] as const) {
          const sentence = alertSentence(one.kind, one.facts, state, language);
          expect(sentence).toMatch(/^[\p{L}\d][^{}]+\.$/u);
          expect(sentence.length).toBeLessThan(190);
        }
      }
      expect(alertPhrase('more', { count: 3 }, language)).toContain('3');
    }
  });

  it('says no number before a word that would bend with it', () => {
    for (const language of ['uk', 'ru']) {
      const said = [
        ...ALERT_KINDS.map((kind) => alertSentence(kind, { count: 2 }, 'raised', language)),
        ...(['subject', 'more'] as const).map((phrase) => alertPhrase(phrase, { count: 2 }, language)),
      ];
      expect(said.filter((sentence) => sentence.includes('2')).length).toBe(5);
      for (const sentence of said) expect(sentence).not.toMatch(/2 \p{L}/u);
    }
  });
});
