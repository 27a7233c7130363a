import { expect, test } from 'vitest';
import { BORN, type Ending, type Lifecycle, type LifecycleInput, live, MODEM_STATES, shown } from '../../../src/modem/lifecycle.ts';

const after = (...inputs: LifecycleInput[]): Lifecycle => inputs.reduce((life, input) => live(life, input).state, BORN);

const OPEN: LifecycleInput = { type: 'open' };
const OPENED: LifecycleInput = { type: 'opened' };
const UNLOCKED: LifecycleInput = { type: 'unlocked' };
const REGISTERED: LifecycleInput = { type: 'registration', registered: true };
const LOST: LifecycleInput = { type: 'registration', registered: false };
const ended = (why: Ending): LifecycleInput => ({ type: 'ended', why, sentence: 'So it ended.' });

test('from the opening of the port to ready', () => {
  expect(live(BORN, OPEN).effects).toEqual([{ type: 'openPort' }]);
  expect(after(OPEN).state).toBe('opening');
  expect(after(OPEN, OPENED).state).toBe('identifying');
  expect(after(OPEN, OPENED, { type: 'locked', lock: 'starting' }).state).toBe('unlocking');
  expect(after(OPEN, OPENED, UNLOCKED).state).toBe('registering');
  expect(after(OPEN, OPENED, UNLOCKED, REGISTERED).state).toBe('ready');
});

test('registration lost means not ready, and back again (M07)', () => {
  expect(after(OPEN, OPENED, UNLOCKED, REGISTERED, LOST).state).toBe('registering');
  expect(after(OPEN, OPENED, UNLOCKED, REGISTERED, LOST, REGISTERED).state).toBe('ready');
});

test('an overdue answer degrades, and being in step again leads back to where it was', () => {
  expect(after(OPEN, OPENED, UNLOCKED, REGISTERED, { type: 'outOfStep' }).state).toBe('degraded');
  expect(after(OPEN, OPENED, UNLOCKED, REGISTERED, { type: 'outOfStep' }, { type: 'inStep' }).state).toBe('ready');
  expect(after(OPEN, OPENED, UNLOCKED, { type: 'outOfStep' }, { type: 'inStep' }).state).toBe('registering');
  expect(after(OPEN, OPENED, UNLOCKED, REGISTERED, { type: 'outOfStep' }, LOST, { type: 'inStep' }).state).toBe('registering');
});

test('an overdue answer before the modem is known is part of finding out', () => {
  expect(after(OPEN, OPENED, { type: 'outOfStep' }).state).toBe('identifying');
});

test('a port that is not there is absent, anything else failed; both are tried again', () => {
  for (const why of ['gone', 'unreachable'] as const) expect(after(OPEN, ended(why)).state, why).toBe('absent');
  for (const why of ['busy', 'forbidden', 'notSerial', 'mute', 'rubbish', 'refused'] as const)
    expect(after(OPEN, ended(why)).state, why).toBe('failed');
  expect(after(OPEN, ended('busy')).sentence).toBe('So it ended.');
});

test('the pauses grow from 1 s to 60 s, and to 10 s for what may be plugged in any moment', () => {
  const pauses = (why: 'gone' | 'mute'): number[] => {
    let life = BORN;
    return Array.from({ length: 9 }, () => {
      const step = live(life, ended(why));
      life = step.state;
      return step.effects[0]?.type === 'retryIn' ? step.effects[0].ms : -1;
    });
  };
  expect(pauses('mute')).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1000));
  expect(pauses('gone')).toEqual([1, 2, 4, 8, 10, 10, 10, 10, 10].map((s) => s * 1000));
});

test('a SIM that was reached starts the pauses anew', () => {
  expect(after(ended('mute'), ended('mute'), ended('mute'), OPEN, OPENED, UNLOCKED).attempts).toBe(0);
});

test('every state has a sentence, and every one that somebody can mend has a next step', () => {
  const inputs: LifecycleInput[] = [
    OPEN,
    OPENED,
    UNLOCKED,
    REGISTERED,
    LOST,
    { type: 'outOfStep' },
    { type: 'inStep' },
    { type: 'stopped' },
    ended('gone'),
    ended('unreachable'),
    ended('forbidden'),
    ended('notSerial'),
    ended('busy'),
    ended('mute'),
    ended('rubbish'),
    ended('refused'),
    ...(['absent', 'starting', 'pin', 'puk', 'other', 'faulty'] as const).map((lock): LifecycleInput => ({ type: 'locked', lock })),
  ];
  // Every life of up to three events.
  const seen = new Set<string>();
  let lives: Lifecycle[] = [BORN];
  for (let length = 0; length < 3; length += 1) {
    lives = lives.flatMap((life) => inputs.map((input) => live(life, input).state));
    for (const life of lives) {
      seen.add(life.state);
      expect(life.sentence).toMatch(/^[A-Z].*\.$/);
      if (['degraded', 'failed', 'registering'].includes(life.state)) expect(life.nextStep, life.state).toMatch(/\.$/);
      if (life.state === 'ready') expect(life.nextStep).toBeNull();
    }
  }
  expect([...seen].sort()).toEqual([...MODEM_STATES].sort());
});

test('the next step fits the ending: permission is not a matter of closing programs, an address not one of plugging in', () => {
  const step = (why: Ending): string => after(OPEN, ended(why)).nextStep ?? '';
  expect(step('forbidden')).toContain('dialout');
  expect(step('notSerial')).toContain('/dev/serial/by-id');
  expect(step('unreachable')).toContain('ser2net');
  expect(step('busy')).toContain('ModemManager');
  expect(step('gone')).toContain('Plug the modem in');
});

test('what fails is shown as failed while it is tried again, until it gets further than before', () => {
  const LOCKED: LifecycleInput = { type: 'locked', lock: 'pin' };
  const mute = ended('mute');
  expect(shown(after(OPEN, OPENED, mute, OPEN))).toMatchObject({ state: 'failed', reason: 'mute' });
  expect(shown(after(OPEN, OPENED, mute, OPEN, OPENED))).toMatchObject({ state: 'failed', reason: 'mute', nextStep: after(mute).nextStep });
  expect(shown(after(OPEN, OPENED, mute, OPEN, OPENED, LOCKED)).state).toBe('unlocking');
  expect(shown(after(OPEN, OPENED, mute, OPEN, OPENED, UNLOCKED)).state).toBe('registering');
  // A port that opens is not the port that is missing any more.
  expect(shown(after(OPEN, ended('gone'), OPEN)).state).toBe('absent');
  expect(shown(after(OPEN, ended('gone'), OPEN, OPENED)).state).toBe('identifying');
  expect(shown(after(OPEN, OPENED, UNLOCKED, mute, OPEN, OPENED, UNLOCKED, ended('gone'), OPEN)).state).toBe('absent');
  expect(shown(after(OPEN)).state).toBe('opening');
});
