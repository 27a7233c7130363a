import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { type ApiClient, type ApiEvent, type ApiMessage, apiClient } from '../support/api-client.ts';
import { type CrashEvidence, judge } from '../support/crash-judge.ts';
import { type DaemonProcess, makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';
import { haveSocat } from '../support/pty.ts';
import { type Share, shares, tellProgress } from '../support/side-by-side.ts';

const KILLS = process.env.SIMPOST_TEST_FULL ? 1000 : 30;
const SIMS = 4;
const SHORT = 'Ваш візит завтра о 9:30';
const LONG = 'Чекаємо на вас завтра о 10:00 за адресою вул. Садова, 3, кабінет 12. Щоб перенести візит, відповідайте ПЕРЕНОС. Клініка';
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? Date.now() % 1_000_000);

interface Inbound {
  readonly id: string;
  readonly text: string;
}

interface CrashRun extends CrashEvidence {
  /** Texts that phones sent in, and what the API has of them. */
  readonly sentIn: readonly string[];
  readonly inbound: readonly Inbound[];
  readonly events: readonly ApiEvent[];
}

/** Hands over one message. What is under way when the daemon dies was not answered, and may or may not have been accepted. */
async function post(api: ApiClient, accepted: Set<string>, to: string): Promise<void> {
  const text = Number(to.slice(-1)) % 3 === 0 ? LONG : SHORT;
  const answer = await api.post<ApiMessage>('/v1/messages', { to, text }).catch(() => undefined);
  if (answer && answer.status !== 202) throw new Error(`refused with ${answer.status}`);
  if (answer) accepted.add(answer.body.id);
}

/** All the kills, divided among daemons of their own where several parts go at once; each is judged alone. */
function crashRuns(uncertain: 'hold' | 'resend'): Promise<CrashRun[]> {
  process.stdout.write(`crash run, ${uncertain}, seed ${SEED}\n`);
  return Promise.all(shares(KILLS, SEED).map((share) => crashRun(uncertain, share)));
}

/** Kills the daemon again and again at random moments while it sends and receives, then lets it finish its work. */
async function crashRun(uncertain: 'hold' | 'resend', share: Share): Promise<CrashRun> {
  const random = seededRandom(share.seed);
  const folder = mkdtempSync(join(tmpdir(), 'simpost-crash-'));
  const simulation = await simulate({
    modems: SIMS,
    pty: folder,
    radioMs: [30, 200],
    deliveryMs: 10,
    reportMs: [10, 100],
    retryMs: 300,
    seed: share.seed,
  });
  const site = makeSite(
    simulation.ptys,
    `[delivery.uncertain]\nservice = "${uncertain}"\n[delivery.uncertainAfter]\nservice = 1\n[log]\nlevel = "info"\n`,
  );
  const key = await makeKey(site);
  const accepted = new Set<string>();
  const sentIn: string[] = [];
  let number = 0;
  const nextNumber = (): string => `+38067${String(++number).padStart(7, '0')}`;

  const kill = async (daemon: DaemonProcess): Promise<void> => {
    const api = apiClient(daemon.url, key);
    const asked: Promise<void>[] = [];
    // From the moment at which the modems are at work, a random time in which messages come and go.
    const busy = once(simulation.network.events, 'accepted');
    for (let i = 0; i < SIMS; i += 1) asked.push(post(api, accepted, nextNumber()));
    await busy;
    for (let left = random.float() * 500; left > 0; left -= 50) {
      await sleep(systemClock, Math.min(50, left));
      asked.push(post(api, accepted, nextNumber()), post(api, accepted, nextNumber()));
      writeIn(simulation, sentIn);
    }
    await daemon.kill();
    await Promise.all(asked);
  };
  for (let i = 1; i <= share.count; i += 1) {
    await kill(await startDaemonProcess(site));
    tellProgress(`kills, ${uncertain}`, share, i);
  }

  const daemon = await startDaemonProcess(site);
  const api = apiClient(daemon.url, key);
  const all = await api.all<ApiMessage>('/v1/messages');
  const settled = new Set(['sent', 'delivered', 'failed', 'expired', 'undelivered', ...(uncertain === 'hold' ? ['uncertain'] : [])]);
  const status = new Map(all.map((m) => [m.id, 'new']));
  const received = new Set<string>();
  const events = await api.eventsUntil((event) => {
    if (event.type.startsWith('message.')) status.set(event.data.id, event.type.slice('message.'.length));
    else if (event.data.complete) received.add(event.data.id);
    return received.size >= sentIn.length && [...status.values()].every((s) => settled.has(s));
  });
  const ids = (await api.all<ApiMessage>('/v1/messages')).map(({ id }) => id);
  const messages = await api.each<ApiMessage>(ids.map((id) => `/v1/messages/${id}`));
  const inbound = await api.all<Inbound>('/v1/inbound');
  expect(await daemon.stop()).toBe(0);
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();
  return {
    ledger: simulation.network.ledger.entries,
    messages,
    accepted,
    kills: share.count,
    sims: SIMS,
    uncertain,
    sentIn,
    inbound,
    events,
  };
}

/** Somebody writes to one of the SIMs; every third text is a long one. */
function writeIn(simulation: Simulation, sentIn: string[]): void {
  const n = sentIn.length;
  const text = n % 3 === 0 ? `${n}: ${LONG}` : `${n}: ПЕРЕНОС`;
  sentIn.push(text);
  simulation.network.inbound({ from: `+38050${String(n % 50).padStart(7, '0')}`, modem: simulation.modems[n % SIMS]?.name, text });
}

describe.runIf(haveSocat())(`the daemon killed ${KILLS} times while it works`, () => {
  it('D02, I01: loses nothing, doubles nothing, calls nothing sent that was not; every text that came in is there once', {
    timeout: KILLS * 10_000,
  }, async () => {
    for (const run of await crashRuns('hold')) {
      const verdict = judge(run);
      process.stdout.write(
        `${run.kills} kills, ${run.messages.length} messages, ${run.ledger.length} segments, ${verdict.uncertain} uncertain, ${run.sentIn.length} texts in\n`,
      );
      expect(verdict.problems).toEqual([]);
      expect(run.accepted.size).toBeGreaterThan(run.kills);

      expect(run.inbound.map((i) => i.text).sort()).toEqual([...run.sentIn].sort());
      const told = run.events.filter((e) => e.type === 'inbound.received' && e.data.complete).map((e) => e.data.id);
      expect(told.sort()).toEqual(run.inbound.map((i) => i.id).sort());
      expect(new Set(run.events.map((e) => e.id)).size).toBe(run.events.length);
    }
  });

  it('D03: with resend, loses nothing and flags every message of which a second copy may be out', { timeout: KILLS * 10_000 }, async () => {
    for (const run of await crashRuns('resend')) {
      const verdict = judge(run);
      process.stdout.write(
        `${run.kills} kills, ${run.messages.length} messages, ${run.ledger.length} segments, ${verdict.uncertain} uncertain, ${verdict.duplicates} doubled\n`,
      );
      expect(verdict.problems).toEqual([]);
    }
  });
});

describe('the judge of a crash run (control)', () => {
  const pdu = '0041000C9183607600000100080A041F04400438043204560442'.replace('080A', '080C');
  const segment = { n: 1, state: 'sent', mr: 1, attempts: [{ outcome: 'sent', cause: null }] };
  const message: ApiMessage = {
    id: 'm1',
    to: '+380667000010',
    text: '',
    status: 'sent',
    reason: null,
    possibleDuplicate: false,
    segmentCount: 1,
    segments: [segment],
  };
  const good: CrashEvidence = { ledger: [{ pdu }], messages: [message], accepted: new Set(['m1']), kills: 1, sims: 4, uncertain: 'hold' };

  it('finds nothing wrong where nothing is', () => {
    expect(judge(good).problems).toEqual([]);
  });

  it.each<[string, CrashEvidence, RegExp]>([
    ['a lost message', { ...good, messages: [] }, /gone/],
    ['a second copy', { ...good, ledger: [{ pdu }, { pdu }] }, /sent 2 times/],
    ['a second copy that is not flagged', { ...good, uncertain: 'resend', ledger: [{ pdu }, { pdu }] }, /not flagged/],
    ['a false sent', { ...good, ledger: [] }, /never took it/],
    ['a message that is still queued', { ...good, messages: [{ ...message, status: 'queued' }] }, /ended as queued/],
    [
      'a segment that is on the air and called failed',
      { ...good, messages: [{ ...message, status: 'failed', segments: [{ ...segment, state: 'failed' }] }] },
      /network took it/,
    ],
  ])('finds %s', (_what, evidence, sentence) => {
    expect(judge(evidence).problems.join('\n')).toMatch(sentence);
  });
});
