import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/base/purpose.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { NewMessage } from '../../src/store/records/message.ts';
import type { RetentionPeriods } from '../../src/store/records/retention.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { multiplyMessages } from '../support/multiply-messages.ts';
import { DAY, groupKey, mustClaim, newMessage, newReceived, newReport, SIM_A, statusOf } from '../support/store-samples.ts';

const NOW = new FakeClock().now();
const PERIODS: RetentionPeriods = { otp: DAY, urgent: 20 * DAY, service: 30 * DAY, promotional: 40 * DAY, inbound: 30 * DAY };

let folder: string;
let store: Store;
let commits = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simpost-retention-'));
  store = await openStore();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const openStore = (): Promise<Store> =>
  openSqliteStore({
    path: folder,
    clock: new FakeClock(),
    random: seededRandom(1),
    daemon: true,
    onCommitTook: () => {
      commits += 1;
    },
    onFatal: (error) => {
      throw error;
    },
  });

/** Accepts and sends. */
async function sent(over: Partial<NewMessage> = {}): Promise<{ id: string; attemptId: number; to: string }> {
  const message = newMessage(NOW, { expiresAt: NOW + 90 * DAY, ...over });
  await store.accept([message]);
  const claim = await mustClaim(store, SIM_A, NOW);
  await store.settle(claim.attemptId, { kind: 'sent', mr: 7, at: NOW });
  return { id: message.id, attemptId: claim.attemptId, to: claim.to };
}

const text = async (id: string): Promise<string> => (await store.message(id))?.text ?? 'no message';

/** Whether any file of the store holds these octets. */
const onDisk = (words: string): boolean => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(words));

describe('retention', () => {
  it('erases a text after the period of its purpose, and keeps everything else of the message', async () => {
    const ids = new Map<string, string>();
    for (const purpose of PURPOSES) ids.set(purpose, (await sent({ purpose, reference: purpose })).id);
    const before = await store.message(ids.get('service') ?? '');
    const left = async (): Promise<string[]> => {
      const with_ = await Promise.all([...ids].map(async ([purpose, id]) => ((await text(id)) === '' ? '' : purpose)));
      return with_.filter((purpose) => purpose !== '');
    };
    expect(await store.eraseTexts(PERIODS, NOW + DAY - 1)).toEqual({ messages: 0, inbound: 0, more: false });
    expect(await left()).toHaveLength(4);
    for (const [days, kept] of [
      [1, ['urgent', 'service', 'promotional']],
      [20, ['service', 'promotional']],
      [30, ['promotional']],
      [40, []],
    ] as const) {
      expect(await store.eraseTexts(PERIODS, NOW + days * DAY)).toEqual({ messages: 1, inbound: 0, more: false });
      expect(await left()).toEqual(kept);
    }
    const after = await store.message(ids.get('service') ?? '');
    expect(after).toEqual({ ...before, text: '', textErasedAt: NOW + 30 * DAY, segments: [{ ...before?.segments[0], text: '' }] });
    expect((await store.messages({}, { limit: 9, cursor: null })).data).toHaveLength(4);
    expect((await store.sims())[0]?.counters.sent).toBe(4);
  });

  it('S09 never erases what may still be sent, and forgets none of it when it is over', async () => {
    const waiting = newMessage(NOW, { expiresAt: NOW + 400 * DAY, held: { reason: 'scheduled', dueAt: NOW + 300 * DAY } });
    await store.accept([waiting]);
    const doubtful = newMessage(NOW, { expiresAt: NOW + 400 * DAY });
    await store.accept([doubtful]);
    const claim = await mustClaim(store, SIM_A, NOW);
    await store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: NOW, decideAt: null });
    const { id } = await sent();

    expect(await store.eraseTexts(PERIODS, NOW + 60 * DAY)).toMatchObject({ messages: 1 });
    expect(await text(id)).toBe('');
    expect(await text(waiting.id)).toBe(waiting.text);
    expect(await text(doubtful.id)).toBe(doubtful.text);

    await store.cancel(waiting.id, NOW + 61 * DAY);
    await store.decide(claim.attemptId, 'sent', NOW + 61 * DAY);
    expect(await store.eraseTexts(PERIODS, NOW + 62 * DAY)).toMatchObject({ messages: 2 });
    expect([await text(waiting.id), await text(doubtful.id)]).toEqual(['', '']);
  });

  it('erases a code at once when it is final', async () => {
    const { id, attemptId, to } = await sent({ purpose: 'otp', text: '4711 ist der Code' });
    expect(await text(id)).toContain('4711');
    await store.report(newReport({ to, attemptId }, NOW + 5000));
    expect(await statusOf(store, id)).toBe('delivered');
    expect(await text(id)).toBe('');
    expect((await store.message(id))?.textErasedAt).toBe(NOW + 5000);

    const cancelled = newMessage(NOW, { purpose: 'otp' });
    await store.accept([cancelled]);
    await store.cancel(cancelled.id, NOW);
    expect(await text(cancelled.id)).toBe('');
  });

  it('X25 leaves nothing of a text in the file or its WAL', async () => {
    const { id } = await sent({ text: 'Geheimnis-Eins' });
    await store.receive(newReceived(NOW, { text: 'Geheimnis-Zwei', pdu: '0791BEEFBEEFBEEF01' }));
    await store.receive(
      newReceived(NOW, { text: 'Geheimnis-Drei', pdu: '0791BEEFBEEFBEEF02', placement: { kind: 'duplicate', inboundId: null } }),
    );
    const secrets = ['Geheimnis-Eins', 'Geheimnis-Zwei', 'Geheimnis-Drei', '0791BEEFBEEFBEEF01', '0791BEEFBEEFBEEF02'];
    expect(secrets.map(onDisk)).toEqual(secrets.map(() => true));
    await store.eraseTexts(PERIODS, NOW + 30 * DAY);
    expect(secrets.filter(onDisk)).toEqual([]);
    expect(await statusOf(store, id)).toBe('sent');
  });

  it('erases what came in, once it is whole or nothing more of it is waited for', async () => {
    await store.receive(newReceived(NOW, { inboundId: 'in_whole' }));
    const key = groupKey(2);
    await store.receive(newReceived(NOW, { inboundId: 'in_half', placement: { kind: 'begin', key, n: 1 }, text: 'half' }));
    await store.surfaceIncomplete(NOW, NOW);
    const short = { ...PERIODS, inbound: 3 * DAY };
    expect(await store.eraseTexts(short, NOW + 3 * DAY)).toMatchObject({ inbound: 1 });
    expect(await store.inbound('in_whole')).toMatchObject({ text: null, complete: true, textErasedAt: NOW + 3 * DAY });
    expect((await store.inbound('in_whole'))?.segments).toMatchObject([{ text: '', pdu: '' }]);
    expect((await store.inbound('in_half'))?.segments[0]?.text).toBe('half');
    expect(await store.eraseTexts(short, NOW + 7 * DAY)).toMatchObject({ inbound: 1 });
    expect((await store.inbound('in_half'))?.segments[0]?.text).toBe('');
  });

  it('D19 takes a report about a message whose text is gone', async () => {
    const { id, attemptId, to } = await sent();
    await store.eraseTexts(PERIODS, NOW + 30 * DAY);
    expect(await store.report(newReport({ to, attemptId }, NOW + 31 * DAY))).toEqual({ applied: true });
    expect(await statusOf(store, id)).toBe('delivered');
  });
});

describe('retention of a large store', () => {
  it('S09 removes what is only kept for a time in transactions of its own, none of more than a hundred rows', async () => {
    await store.close();
    const db = new Database(join(folder, 'simpost.db'));
    db.prepare(
      `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
       INSERT INTO idempotency (key_id, idempotency_key, body_hash, status, response, at) SELECT 'k', i, '00', 202, '{}', ? FROM n`,
    ).run(NOW);
    db.close();
    store = await openStore();
    commits = 0;
    await store.purge(NOW + 4 * DAY);
    expect(commits).toBeGreaterThanOrEqual(1000 / 100);
    const after = new Database(join(folder, 'simpost.db'), { readonly: true });
    expect(after.prepare('SELECT count(*) FROM idempotency').pluck().get()).toBe(0);
    after.close();
  });

  it('S09 erases a fifth in one run, in transactions of milliseconds, and nothing that may still be sent', {
    timeout: 900_000,
  }, async () => {
    const rows = process.env.SIMPOST_TEST_FULL ? 1_000_000 : 20_000;
    await sent();
    await store.close();
    multiplyMessages(folder, rows);
    store = await openStore();
    const left = (): number => {
      const db = new Database(join(folder, 'simpost.db'), { readonly: true });
      const found = db.prepare<[], number>("SELECT count(*) FROM message_texts WHERE text <> ''").pluck().get() ?? 0;
      db.close();
      return found;
    };
    const turns: number[] = [];
    let running = true;
    const run = store.eraseTexts(PERIODS, NOW + 30 * DAY).finally(() => {
      running = false;
    });
    while (running) {
      const began = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      turns.push(performance.now() - began);
    }
    expect(await run).toEqual({ messages: rows / 5, inbound: 0, more: true });
    expect(left()).toBe(rows - rows / 5);
    turns.sort((a, b) => a - b);
    const at = (share: number): string => `${turns[Math.ceil(share * turns.length) - 1]?.toFixed(1)} ms`;
    console.info(
      `retention of ${rows} rows: ${turns.length} turns, half of them ${at(0.5)} at most, 99 % ${at(0.99)}, the longest ${at(1)}`,
    );
    // Others had their turn between short transactions. How long each took says as much of the machine; `npm run bench` measures.
    expect(turns.length).toBeGreaterThan(rows / 5 / 100);

    // The runs after go on, past what is still needed, until only that is left.
    for (let more = true; more; ) more = (await store.eraseTexts(PERIODS, NOW + 30 * DAY)).more;
    expect(left()).toBe(Math.floor(rows / 3));
  });
});
