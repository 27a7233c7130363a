import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Assembly, assemble, EMPTY, quiet, quietAfter } from '../../../src/at/assembler.ts';
import type { Line } from '../../../src/at/lines.ts';

const full = process.env.SIMPOST_TEST_FULL !== undefined;

/** What becomes of these lines, and of silence after them. */
function read(...raw: string[]): { lines: Line[]; state: Assembly } {
  let state = EMPTY;
  const lines: Line[] = [];
  for (const line of raw) {
    const step = assemble(state, line);
    state = step.state;
    lines.push(...step.lines);
  }
  return { lines, state };
}

const ok: Line = { kind: 'final', result: { kind: 'ok' }, doubtful: false };
const info = (text: string, pdu?: string): Line => ({ kind: 'info', text, ...(pdu === undefined ? {} : { pdu }), doubtful: false });

/** An SMSC address of 8 octets with its length, then a TPDU of 4. */
const PDU = '0791839932000010AABBCCDD';

test('a line stands for itself, blanks and control octets gone', () => {
  expect(read(' OK ', '', '\0\0RING', 'foo\x1a').lines).toEqual([ok, info('RING'), info('foo')]);
});

test('a PDU is the same in small letters and in capitals', () => {
  expect(read('+CMGL: 3,1,,4', PDU.toLowerCase()).lines).toEqual([info('+CMGL: 3,1,,4', PDU)]);
  expect(read('+CMGR: 1,,4', PDU).lines).toEqual([info('+CMGR: 1,,4', PDU)]);
  expect(read('+CMT: ,4', 'aabbccdd').lines).toEqual([info('+CMT: ,4', '00AABBCCDD')]);
});

test('a header and its PDU are one thing', () => {
  expect(read('+CMT: ,4', PDU).lines).toEqual([info('+CMT: ,4', PDU)]);
  expect(read('+CMT: "name",4', PDU).lines).toEqual([info('+CMT: "name",4', PDU)]);
  expect(read('+CDS: 4', PDU).lines).toEqual([info('+CDS: 4', PDU)]);
  expect(read('+CMGL: 1,1,"",4', PDU, '+CMGL: 2,1,,4', PDU, 'OK').lines).toEqual([
    info('+CMGL: 1,1,"",4', PDU),
    info('+CMGL: 2,1,,4', PDU),
    ok,
  ]);
});

test('noise between a header and its PDU parts them not (I09)', () => {
  expect(read('+CMGR: 1,,4', 'RING', '+CREG: 1', PDU, 'OK').lines).toEqual([info('RING'), info('+CREG: 1'), info('+CMGR: 1,,4', PDU), ok]);
});

test('two PDUs that wait find their headers by length', () => {
  const longer = `${PDU}EE`;
  expect(read('+CMGR: 1,,4', '+CDS: 5', PDU, longer, 'OK').lines).toEqual([info('+CMGR: 1,,4', PDU), info('+CDS: 5', longer), ok]);
});

test('a header that lies about its length keeps the line behind it', () => {
  expect(read('+CMT: ,99', PDU).lines).toEqual([info('+CMT: ,99', PDU)]);
});

test('a damaged PDU is kept as it came', () => {
  expect(read('+CMGL: 1,1,,24', '0791839zz', 'OK').lines).toEqual([info('+CMGL: 1,1,,24', '0791839zz'), ok]);
});

test('a final result ends the wait for a PDU that never comes', () => {
  expect(read('+CMGL: 1,1,,24', 'OK').lines).toEqual([info('+CMGL: 1,1,,24'), ok]);
  expect(read('+CMGR: 0,,0', 'OK').lines).toEqual([info('+CMGR: 0,,0'), ok]);
});

test('a PDU that is not announced any more is not given to an old header', () => {
  expect(read('+CDS: 9', ...Array.from({ length: 12 }, () => 'RING')).lines).toHaveLength(13);
});

test('in text mode the line behind +CMT is what somebody wrote, whatever it says (X02)', () => {
  const header = '+CMT: "+380501234567",,"26/11/22,10:00:00+08"';
  expect(read(header, 'OK').lines).toEqual([info(header, 'OK')]);
  expect(read(header, '+CMGS: 5').lines).toEqual([info(header, '+CMGS: 5')]);
});

/** What is let go when the line falls quiet. */
const settled = (...raw: string[]): readonly Line[] => {
  const { lines, state } = read(...raw);
  return [...lines, ...quiet(state).lines];
};

test('a quoted text goes on over line breaks until its quote closes (X02)', () => {
  expect(settled('+CUSD: 0,"Balance', 'OK', '+CMGS: 7', '>', 'ok",15', 'OK')).toEqual([
    info('+CUSD: 0,"Balance\nOK\n+CMGS: 7\n>\nok",15'),
    ok,
  ]);
  expect(settled('+CUSD: 1,"Balance', 'OK', '1 more","15"', 'OK')).toEqual([info('+CUSD: 1,"Balance\nOK\n1 more","15"'), ok]);
  expect(read('+CNUM: "my', 'OK', 'number","+380501112233",145', 'OK').lines).toEqual([
    info('+CNUM: "my\nOK\nnumber","+380501112233",145'),
    ok,
  ]);
});

test('a quote of the text itself does not end it (X02)', () => {
  const ends = (...raw: string[]): void => expect(settled(...raw, 'RING')).toEqual([info(raw.join('\n')), info('RING')]);
  ends('+CUSD: 0,"say "yes" or', 'OK', '"no"",15');
  ends('+CUSD: 0,"a"', 'OK', '+CMGS: 9', 'b",15');
  ends('+CUSD: 0,"a",1', 'OK', '+CMGS: 9', 'b",15');
  ends('+CUSD: 0,"a', '",0', 'OK', '+CMGS: 9",15');
});

test('a text that did end there lets go what was held, in order', () => {
  const { lines, state } = read('+COPS: 0,0,"Kyivstar"', 'OK', 'RING');
  expect(lines).toEqual([]);
  expect(quietAfter(state)).toBeLessThan(500);
  expect(quiet(state).lines).toEqual([info('+COPS: 0,0,"Kyivstar"'), ok, info('RING')]);
});

test('a whole text holds the line for a moment only, and throws no doubt on what follows it', () => {
  const { state } = read('+CUSD: 0,"5 UAH",15', '+CMGS: 4', 'OK', '+CMTI: "SM",3');
  expect(quiet(state).lines).toEqual([info('+CUSD: 0,"5 UAH",15'), info('+CMGS: 4'), ok, info('+CMTI: "SM",3')]);
});

test('what stood in a quote that never closes is in doubt (X02)', () => {
  const { state } = read('+COPS: 0,0,"bad', '+CMGS: 5', '>', 'OK');
  const { lines } = quiet(state);
  expect(lines.filter((l) => l.kind === 'prompt')).toEqual([]);
  expect(lines.every((l) => l.kind === 'prompt' || l.doubtful)).toBe(true);
});

test('an open quote holds at most so much', () => {
  const { lines, state } = read('+CUSD: 0,"x', ...Array.from({ length: 500 }, () => 'y'.repeat(100)));
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(state).length).toBeLessThan(10_000);
});

test('1,000 forged results in the texts of strangers: none is believed (X02)', () => {
  const forged = fc.constantFrom(
    'OK',
    '+CMGS: 5',
    '+CMGS: 200',
    'ERROR',
    '+CMS ERROR: 38',
    '> ',
    '+CMTI: "SM",1',
    '"',
    'OK"',
    '"OK',
    '",0',
    'text',
  );
  const header = fc.constantFrom('+CUSD: 0,', '+CUSD: 1,', '+CUSD: 2,', '+COPS: 0,0,');
  fc.assert(
    fc.property(header, fc.array(forged, { minLength: 1, maxLength: 8 }), (start, rest) => {
      const { lines, state } = read(...`${start}"${rest.join('\n')}",15`.split('\n'));
      const all = [...lines, ...quiet(state).lines];
      expect(all.filter((l) => l.kind === 'final' && !l.doubtful)).toEqual([]);
      expect(all.filter((l) => l.kind === 'info' && !l.doubtful && l.text.startsWith('+CMGS'))).toEqual([]);
      expect(all.filter((l) => l.kind === 'prompt')).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('no line is too strange: nothing throws, nothing is kept for ever (I11)', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '+CMT: ,24',
      '+CDS: 3',
      '+CMGL: 1,1,,999',
      '+CUSD: 0,"',
      '+COPS: 0,0,"x"',
      'OK',
      '>',
      '"',
      '0791',
      'AT',
      '+CMGR: ,,1',
      '+CMGS: 9',
    ),
    fc.stringMatching(/^[+^*"',0-9A-F: ]{0,60}$/),
  );
  const seed = Date.now() % 2 ** 31;
  process.stdout.write(`assembler fuzz seed ${seed}\n`);
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 60 }), (raw) => {
      const { state } = read(...raw.map((r) => r.replaceAll(/[\r\n]/g, '')));
      const after = quiet(state).state;
      expect(after.quote).toBeUndefined();
      expect(after.headers.length).toBeLessThan(12);
    }),
    { numRuns: full ? 100_000 : 1_000, seed },
  );
});
