import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Trace } from '../../../src/at/trace.ts';
import { silentLog } from '../../../src/base/log.ts';
import { surplus, TraceFolder } from '../../../src/modem/trace-folder.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let parent: string;
let clock: FakeClock;
let traces: TraceFolder;
const folder = (): string => join(parent, 'traces');
const files = (): string[] => readdirSync(folder()).sort();

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'simpost-traces-'));
  clock = new FakeClock();
  traces = new TraceFolder({ folder: folder(), clock, log: silentLog });
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const PORT = '/dev/serial/by-id/usb-HUAWEI-if00';

function spoken(...texts: string[]): Trace {
  const trace = new Trace();
  for (const text of texts) trace.add(clock.now(), 'heard', text);
  return trace;
}

it('X24 keeps what was said before a fault, redacted, for this user alone', async () => {
  const lines = spoken('+CLIP: "+380501234567",145', 'my code is 4711', 'OK').lines();
  traces.save({ port: PORT, kind: 'uncertain', detail: 'EV-NO-ANSWER', lines });
  await traces.close();
  expect(files()).toEqual(['2026-11-22T10-00-00.000Z_uncertain_dev-serial-by-id-usb-HUAWEI-if00.txt']);
  const file = join(folder(), files()[0] ?? '');
  expect(readFileSync(file, 'utf8')).toBe(
    `# ${PORT}: uncertain, EV-NO-ANSWER
2026-11-22T10:00:00.000Z < +CLIP: "*",145
2026-11-22T10:00:00.000Z < <15 characters>
2026-11-22T10:00:00.000Z < OK
`,
  );
  expect([statSync(folder()).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
});

it('records all that is said from when it is asked, and ends by itself', async () => {
  const trace = spoken('before');
  const { file, until } = await traces.record(PORT, trace, 60);
  expect(traces.recording(PORT)).toEqual({ file, until });
  expect(until).toBe(clock.now() + 60_000);
  for (let i = 0; i < 300; i += 1) trace.add(clock.now(), 'sent', 'AT+CSQ');
  await clock.advance(60_000);
  expect(traces.recording(PORT)).toBeUndefined();
  trace.add(clock.now(), 'sent', 'AT+TOOLATE');
  await traces.close();
  const text = readFileSync(file, 'utf8');
  expect(text.split('\n')).toHaveLength(302);
  expect(text).toMatch(/^# \S+: recorded from 2026-11-22T10:00:00.000Z for 60 s\n2026-11-22T10:00:00.000Z > AT\+CSQ\n/);
  expect(text).not.toMatch(/before|TOOLATE/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('a second recording of a modem ends the first, and a stop keeps what was said', async () => {
  const trace = spoken();
  const first = await traces.record(PORT, trace, 3600);
  trace.add(clock.now(), 'heard', 'RING');
  await clock.advance(1000);
  const second = await traces.record(PORT, trace, 3600);
  trace.add(clock.now(), 'heard', '+CREG: 1');
  expect(traces.recording(PORT)?.file).toBe(second.file);
  await traces.close();
  expect(traces.recording(PORT)).toBeUndefined();
  expect(readFileSync(first.file, 'utf8')).toMatch(/< RING\n$/);
  expect(readFileSync(second.file, 'utf8')).toMatch(/< \+CREG: 1\n$/);
});

it('a recording that grows too long ends, and says so', async () => {
  const trace = spoken();
  const { file } = await traces.record(PORT, trace, 3600);
  for (let i = 0; i < 60_000; i += 1) trace.add(clock.now(), 'sent', `AT+X=${'"x"'.repeat(60)}`);
  expect(traces.recording(PORT)).toBeUndefined();
  await traces.close();
  const text = readFileSync(file, 'utf8');
  expect(text.length).toBeLessThan(8.1 * 2 ** 20);
  expect(text).toMatch(/\n# It ends here, since the file is as long as one may be\.\n$/);
});

it('keeps the ten newest faults of a modem, and what is not its own', async () => {
  traces.save({ port: 'other', kind: 'mute', detail: 'The modem does not answer.', lines: [] });
  for (let i = 0; i < 15; i += 1) {
    await clock.advance(1000);
    traces.save({ port: PORT, kind: 'mute', detail: 'The modem does not answer.', lines: [] });
    await traces.close();
    if (i === 0) writeFileSync(join(folder(), 'notes.txt'), 'mine');
  }
  expect(files()).toHaveLength(12);
  expect(files()[0]).toMatch(/_other\.txt$/);
  expect(files()[1]).toMatch(/^2026-11-22T10-00-06/);
});

it('bounds the files of all modems together, and recordings on their own', () => {
  const at = (i: number): string => `2026-11-22T10-00-00.${String(i).padStart(3, '0')}Z`;
  const faults = Array.from({ length: 105 }, (_, i) => `${at(i)}_mute_port${i}.txt`);
  expect(surplus(faults, `${at(900)}_mute_new.txt`).sort()).toEqual(faults.slice(0, 6));
  const recordings = Array.from({ length: 10 }, (_, i) => `${at(i)}_recording_port.txt`);
  expect(surplus([...recordings, ...faults.slice(0, 5)], `${at(900)}_recording_port.txt`)).toEqual([recordings[0]]);
});

it('a disk that takes no file costs a fault its trace and a recording its start, with a sentence', async () => {
  writeFileSync(folder(), 'a file where the folder should be');
  traces.save({ port: PORT, kind: 'mute', detail: 'x', lines: [] });
  await expect(traces.record(PORT, spoken(), 1)).rejects.toThrow(/^The dialogue cannot be recorded in .+: /);
  expect(traces.recording(PORT)).toBeUndefined();
  rmSync(folder());
  await traces.record(PORT, spoken(), 1);
  expect(existsSync(folder())).toBe(true);
  await traces.close();
});
