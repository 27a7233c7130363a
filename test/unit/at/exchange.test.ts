import { expect, test } from 'vitest';
import * as commands from '../../../src/at/commands.ts';
import { advance, newExchange } from '../../../src/at/exchange.ts';
import type { Effect, Exchange, Input, Submit } from '../../../src/at/exchange-state.ts';
import type { Line } from '../../../src/at/lines.ts';
import { finalResult } from '../../../src/at/result-codes.ts';

const IMEI = '356938035643809';
const PDU = '0001000B918350214365F7000005C8329BFD06';
const submit: Submit = { line: 'AT+CMGS=18', pdu: PDU, promptLimit: 10_000, answerLimit: 130_000 };

const said = (text: string, doubtful = false): Input => {
  const result = finalResult(text);
  const line: Line = text === '>' ? { kind: 'prompt' } : result ? { kind: 'final', result, doubtful } : { kind: 'info', text, doubtful };
  return { type: 'line', line };
};
const OVERDUE: Input = { type: 'overdue' };
const GONE: Input = { type: 'gone' };
const SEND: Input = { type: 'submit', submit };

/** A machine that is told things and remembers what it did about the last one. */
class Dialogue {
  state: Exchange = advance(newExchange(), { type: 'known', serial: IMEI }).state;
  last: readonly Effect[] = [];
  all: Effect[] = [];

  tell(...inputs: Input[]): this {
    for (const input of inputs) {
      const step = advance(this.state, input);
      this.state = step.state;
      this.last = step.effects;
      this.all.push(...step.effects);
    }
    return this;
  }

  /** What was written, in order. */
  get written(): string[] {
    return this.all.flatMap((e) => (e.type === 'command' ? [e.line] : e.type === 'pdu' ? ['PDU'] : e.type === 'escape' ? ['ESC'] : []));
  }

  get outcomes(): unknown[] {
    return this.all.flatMap((e) => (e.type === 'transmitted' ? [e.transmission] : []));
  }

  get endings(): unknown[] {
    return this.all.flatMap((e) => (e.type === 'ended' ? [e.ending] : []));
  }

  get unsolicited(): string[] {
    return this.all.flatMap((e) => (e.type === 'unsolicited' ? [e.info.text] : []));
  }

  get late(): number[] {
    return this.all.flatMap((e) => (e.type === 'late' ? [e.mr] : []));
  }
}

// ---- a segment --------------------------------------------------------------------------------------------------

test('the PDU is written only after the prompt, and the reference with its OK means accepted', () => {
  const d = new Dialogue().tell(SEND);
  expect(d.written).toEqual(['AT+CMGS=18']);
  d.tell(said('>'));
  expect(d.written).toEqual(['AT+CMGS=18', 'PDU']);
  d.tell(said('+CMGS: 42'));
  expect(d.outcomes).toEqual([]);
  d.tell(said('OK'));
  expect(d.outcomes).toEqual([{ kind: 'accepted', mr: 42 }]);
  expect(d.state.phase.at).toBe('idle');
});

test('the reference is read with or without blank, and with an acknowledgement PDU behind it', () => {
  for (const text of ['+CMGS:7', '+CMGS: 7', '+CMGS : 7', '+CMGS: 7,"00112233"', '+CMGS: 7,0011']) {
    expect(new Dialogue().tell(SEND, said('>'), said(text), said('OK')).outcomes, text).toEqual([{ kind: 'accepted', mr: 7 }]);
  }
});

test('a segment waits until a modem that started anew has its settings again, and none goes to its prompt', () => {
  const quiet = new Dialogue().tell({ type: 'run', command: commands.attention() }, said('OK'));
  // By its echo, in the middle of the segment.
  const caught = quiet.tell(SEND, said('AT+CMGS=18'), said('>'));
  expect(caught.written.slice(-3)).toEqual(['AT+CMGS=18', 'ESC', 'AT+CGSN']);
  expect(caught.outcomes).toEqual([{ kind: 'startedAnew' }]);
  // By its echo or its word, before: nothing is even begun.
  for (const sign of ['RDY', 'AT+CSQ', '+CPIN: READY', '+QIND: SMS DONE']) {
    const d = new Dialogue().tell({ type: 'run', command: commands.attention() }, said('OK'));
    d.tell({ type: 'run', command: commands.signalQuality() }, said(sign), said('OK'), SEND);
    expect(d.outcomes, sign).toEqual([{ kind: 'startedAnew' }]);
    expect(d.written, sign).toEqual(['AT', 'AT+CSQ']);
    d.tell({ type: 'settled' }, SEND, said('>'), said('+CMGS: 1'), said('OK'));
    expect(d.outcomes.at(-1), sign).toEqual({ kind: 'accepted', mr: 1 });
  }
});

test('a modem that always echoes is no sign of anything', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.attention() }, said('AT'), said('OK'));
  d.tell(SEND, said('AT+CMGS=18'), said('>'), said(PDU), said('+CMGS: 42'), said('OK'));
  expect(d.outcomes).toEqual([{ kind: 'accepted', mr: 42 }]);
});

test('silence before the prompt means that nothing was sent', () => {
  const d = new Dialogue().tell(SEND, OVERDUE);
  expect(d.outcomes).toEqual([{ kind: 'noPrompt' }]);
  expect(d.written).toEqual(['AT+CMGS=18', 'ESC', 'AT+CGSN']);
});

test('a prompt that comes after it was given up is answered with ESC, not with a PDU', () => {
  const d = new Dialogue().tell(SEND, OVERDUE, said('>'));
  expect(d.written).toEqual(['AT+CMGS=18', 'ESC', 'AT+CGSN', 'ESC']);
});

test('an error before the prompt means that nothing was sent', () => {
  expect(new Dialogue().tell(SEND, said('ERROR')).outcomes).toEqual([{ kind: 'errorBefore', result: { kind: 'error' } }]);
  expect(new Dialogue().tell(SEND, said('+CMS ERROR: 331')).outcomes).toEqual([
    { kind: 'errorBefore', result: { kind: 'cms', code: 331 } },
  ]);
});

test('an OK before the prompt says nothing', () => {
  expect(new Dialogue().tell(SEND, said('OK'), said('>'), said('+CMGS: 1'), said('OK')).outcomes).toEqual([{ kind: 'accepted', mr: 1 }]);
});

test('an error after Ctrl-Z is passed on with its code (D09)', () => {
  const d = new Dialogue().tell(SEND, said('>'), said('+CMS ERROR: 332'));
  expect(d.outcomes).toEqual([{ kind: 'errorAfter', result: { kind: 'cms', code: 332 } }]);
});

test('an OK without a reference is no success (D09)', () => {
  expect(new Dialogue().tell(SEND, said('>'), said('OK'), OVERDUE).outcomes).toEqual([{ kind: 'okWithoutReference' }]);
  expect(new Dialogue().tell(SEND, said('>'), said('OK'), said('OK')).outcomes).toEqual([{ kind: 'okWithoutReference' }]);
});

test('an OK that comes before the answer of the network, as a late one to an ESC does, takes nothing from that', () => {
  const answers: [string, object][] = [
    ['+CMGS: 7', { kind: 'accepted', mr: 7 }],
    ['+CMS ERROR: 38', { kind: 'errorAfter', result: { kind: 'cms', code: 38 } }],
  ];
  for (const [answer, outcome] of answers)
    expect(new Dialogue().tell(SEND, said('>'), said('OK'), said(answer), said('OK')).outcomes).toEqual([outcome]);
});

test('a reference that cannot be one is none', () => {
  expect(new Dialogue().tell(SEND, said('>'), said('+CMGS: 256'), said('OK'), OVERDUE).outcomes).toEqual([{ kind: 'okWithoutReference' }]);
});

test('a reference without its OK is a success all the same', () => {
  expect(new Dialogue().tell(SEND, said('>'), said('+CMGS: 5'), OVERDUE).outcomes).toEqual([{ kind: 'accepted', mr: 5 }]);
  expect(new Dialogue().tell(SEND, said('>'), said('+CMGS: 5'), GONE).outcomes).toEqual([{ kind: 'accepted', mr: 5 }]);
});

test('the port dies before Ctrl-Z, and after it (M04)', () => {
  expect(new Dialogue().tell(SEND, GONE).outcomes).toEqual([{ kind: 'goneBefore' }]);
  expect(new Dialogue().tell(SEND, said('>'), GONE).outcomes).toEqual([{ kind: 'goneAfter' }]);
});

test('echo of the command and of the PDU is no answer', () => {
  const d = new Dialogue().tell(SEND, said('AT+CMGS=18'), said('>'), said(PDU.toLowerCase()), said('+CMGS: 3'), said('OK'));
  expect(d.outcomes).toEqual([{ kind: 'accepted', mr: 3 }]);
  expect(d.unsolicited).toEqual([]);
});

test('unsolicited lines inside of the dialogue go to their handler, in order, and end nothing (I09)', () => {
  const noise = ['+CMTI: "SM",1', 'RING', '^RSSI:12', '+CREG: 1', '+CDSI: "SR",2'];
  const d = new Dialogue().tell(
    SEND,
    ...noise.map((n) => said(n)),
    said('>'),
    ...noise.map((n) => said(n)),
    said('+CMGS: 3'),
    said('RING'),
    said('OK'),
  );
  expect(d.outcomes).toEqual([{ kind: 'accepted', mr: 3 }]);
  expect(d.unsolicited).toEqual([...noise, ...noise, 'RING']);
});

test('what stands in doubt ends no transmission (X02)', () => {
  const d = new Dialogue().tell(SEND, said('ERROR', true), said('>'), said('+CMGS: 9', true), said('OK', true), said('ERROR', true));
  expect(d.outcomes).toEqual([]);
  expect(d.tell(said('+CMGS: 3'), said('OK')).outcomes).toEqual([{ kind: 'accepted', mr: 3 }]);
});

// ---- a lost answer ----------------------------------------------------------------------------------------------

test('after a lost answer nothing is asked until the probe is answered', () => {
  const d = new Dialogue().tell(SEND, said('>'), OVERDUE);
  expect(d.outcomes).toEqual([{ kind: 'overdue' }]);
  expect(d.written).toEqual(['AT+CMGS=18', 'PDU', 'AT+CGSN']);
  expect(() => advance(d.state, { type: 'run', command: commands.signalQuality() })).toThrow();
  d.tell(said(IMEI), said('OK'));
  expect(d.state.phase.at).toBe('idle');
  expect(d.last).toContainEqual({ type: 'inStep' });
});

test('no ESC is written for a segment whose answer is overdue: the modem may take it for "abort"', () => {
  const d = new Dialogue().tell(SEND, said('>'), OVERDUE, OVERDUE, OVERDUE);
  expect(d.written).not.toContain('ESC');
});

test('the late answer is told from that to the probe (D06)', () => {
  const d = new Dialogue().tell(SEND, said('>'), OVERDUE, said('+CMGS: 42'), said('OK'));
  expect(d.late).toEqual([42]);
  expect(d.state.phase.at).toBe('outOfStep');
  d.tell(said(IMEI), said('OK'));
  expect(d.state.phase.at).toBe('idle');
});

test('a lost OK or ERROR is not taken for the answer to the probe', () => {
  for (const lost of ['OK', 'ERROR', '+CMS ERROR: 38']) {
    const d = new Dialogue().tell(SEND, said('>'), OVERDUE, said(lost));
    expect(d.state.phase.at, lost).toBe('outOfStep');
  }
});

test('a late answer after the modem is in step again does not answer the next command', () => {
  const d = new Dialogue().tell(SEND, said('>'), OVERDUE, said(IMEI), said('OK'), { type: 'run', command: commands.signalQuality() });
  d.tell(said('+CMGS: 42'), said('OK'));
  expect(d.late).toEqual([42]);
  expect(d.endings).toEqual([]);
  d.tell(said('+CSQ: 20,99'), said('OK'));
  expect(d.endings).toHaveLength(1);
});

test('the answers to all probes are let by before the next command', () => {
  const d = new Dialogue().tell(SEND, said('>'), OVERDUE, OVERDUE, OVERDUE, said('+CMGS: 42'), said('OK'));
  for (let n = 1; n <= 3; n += 1) {
    expect(d.state.phase.at).not.toBe('idle');
    d.tell(said(IMEI), said('OK'));
  }
  expect(d.state.phase.at).toBe('idle');
});

test('a lost serial number is not mistaken for the answer to the probe', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.serialNumber() }, OVERDUE, said(IMEI), said('OK'));
  expect(d.state.phase.at).toBe('settling');
  expect(d.tell(said(IMEI), said('OK')).state.phase.at).toBe('idle');
});

test('a modem without a serial number is in step when it has been quiet after its OK', () => {
  const d = new Dialogue();
  d.tell({ type: 'known', serial: undefined }, SEND, said('>'), OVERDUE);
  expect(d.written.at(-1)).toBe('AT');
  d.tell(said('OK'));
  expect(d.state.phase.at).toBe('settling');
  d.tell(said('+CMGS: 42'), said('OK'));
  expect(d.late).toEqual([42]);
  expect(d.tell(OVERDUE).state.phase.at).toBe('idle');
});

test('a modem that stays silent ends the session: soon after a command, late after a segment', () => {
  const until = (d: Dialogue): number => {
    let waited = 0;
    while (!d.all.some((e) => e.type === 'mute')) {
      const timer = d.all.findLast((e) => e.type === 'timer');
      if (timer?.type !== 'timer' || timer.ms === undefined) throw new Error('no timer is set: it waits for ever');
      waited += timer.ms;
      d.tell(OVERDUE);
    }
    return waited;
  };
  expect(until(new Dialogue().tell({ type: 'run', command: commands.signalQuality() }))).toBeLessThanOrEqual(36_000);
  expect(until(new Dialogue().tell(SEND, said('>')))).toBeGreaterThan(130_000 + 600_000);
  const stranger = new Dialogue();
  stranger.state = newExchange();
  expect(until(stranger.tell({ type: 'run', command: commands.attention() }))).toBeLessThanOrEqual(10_000);
  // A process before ours may have left the modem waiting for a text.
  expect(stranger.written).toContain('ESC');
});

// ---- a command --------------------------------------------------------------------------------------------------

test('a line belongs to the command that asked or to the handler of unsolicited ones, never to both', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.registrationState('CREG') });
  d.tell(said('+CREG: 2'), said('+CREG: 0,1'), said('+CMTI: "SM",1'), said('OK'));
  expect(d.unsolicited).toEqual(['+CREG: 2', '+CMTI: "SM",1']);
  expect(d.endings).toEqual([{ kind: 'answered', result: { kind: 'ok' }, info: [{ kind: 'info', text: '+CREG: 0,1', doubtful: false }] }]);
});

test('an error is an answer', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.signalQuality() }, said('ERROR'));
  expect(d.endings).toEqual([{ kind: 'answered', result: { kind: 'error' }, info: [] }]);
});

test('an OK left over from a process before ours is not the serial number', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.serialNumber() }, said('OK'), said('OK'), said(IMEI), said('OK'));
  expect(d.endings).toHaveLength(1);
  expect(d.endings[0]).toMatchObject({ kind: 'answered', result: { kind: 'ok' } });
});

test('a result that nobody asked for is dropped', () => {
  const d = new Dialogue().tell(said('OK'), said('ERROR'), said('+CMS ERROR: 500'));
  expect(d.all).toEqual([]);
});

test('an answer that keeps coming is waited for line by line', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.listMessages() }, said('+CMGL: 1,1,,4'));
  expect(d.last).toEqual([{ type: 'timer', ms: 20_000 }]);
});

test('closing tells the one who waits, once', () => {
  const d = new Dialogue().tell({ type: 'run', command: commands.signalQuality() }, GONE, GONE, said('OK'), OVERDUE);
  expect(d.endings).toEqual([{ kind: 'gone' }]);
});
