import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { newReceived } from '../support/store-samples.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({ prices: ['+380 0.50 UAH'] });
  await rig.store.seeSim({ iccid: ICCID, imsi: null, number: null, at: rig.clock.now() });
});
afterAll(() => rig.close());

const DAY = 86_400_000;

/** Everything that waits is sent, and arrives where it should. @returns ids of the messages */
async function sendAll(fails: readonly string[] = []): Promise<void> {
  let mr = 0;
  for (;;) {
    const now = rig.clock.now();
    const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now });
    if (!claim) return;
    mr += 1;
    const failed = { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'CMS-1', at: now } as const;
    await rig.store.settle(claim.attemptId, fails.includes(claim.to) ? failed : { kind: 'sent', mr, at: now });
  }
}

async function visit(name: string, to: string, startsAt: string): Promise<void> {
  const body = { contact: { to, language: 'uk' }, startsAt, resource: 'koval', data: { address: 'вул. Садова, 3' } };
  expect((await rig.call('PUT', `/v1/occasions/visit/${name}`, { body })).statusCode).toBe(201);
  await rig.clock.advance(0);
}
const people = Array.from({ length: 4 }, (_, i) => `+38050113000${i}`);
const statistics = async (query: string) => (await rig.call('GET', `/v1/statistics?${query}`)).json();

describe('the figures that the owner asks about', () => {
  it('are there fewer no-shows? by day, with what was sent, came back and cost', async () => {
    for (const [i, to] of people.entries()) await visit(`v${i}`, to, '2026-11-23T10:00:00+02:00');
    await sendAll([people[3] ?? '']);
    const { data: messages } = (await rig.call('GET', '/v1/messages')).json();
    const of = (to: string | undefined): string => messages.find((m: { to: string }) => m.to === to).id;
    await rig.store.receive(newReceived(rig.clock.now(), { from: people[0] ?? '', text: 'дякую', answers: of(people[0]) }));
    await rig.store.receive(newReceived(rig.clock.now(), { from: people[1] ?? '', text: 'СТОП', answers: of(people[1]), pdu: '0A' }));
    await rig.clock.advance(DAY);
    for (const [i, attendance] of ['came', 'came', 'didNotCome'].entries()) {
      expect((await rig.call('POST', `/v1/occasions/visit/v${i}/attendance`, { body: { attendance } })).json().attendance).toBe(attendance);
    }
    const { data, totals } = await statistics('by=day&from=2026-11-22T00:00:00Z&to=2026-11-25T00:00:00Z');
    expect(data.map((d: { group: string }) => d.group)).toEqual(['2026-11-22', '2026-11-23']);
    // Two segments of Cyrillic to each of three.
    expect(data[0]).toMatchObject({ sent: 3, failed: 1, replied: 2, optedOut: 0, cost: [{ amount: '3.00', currency: 'UAH' }], visits: 0 });
    expect(data[1]).toMatchObject({ sent: 0, visits: 4, came: 2, didNotCome: 1, cost: [] });
    expect(totals).toMatchObject({ sent: 3, visits: 4, came: 2, didNotCome: 1, cost: [{ amount: '3.00', currency: 'UAH' }] });
  });

  it('by kind, template, purpose and SIM', async () => {
    const range = 'from=2026-11-22T00:00:00Z&to=2026-11-25T00:00:00Z';
    await rig.call('POST', '/v1/messages', { body: { to: people[0], text: 'Hello' } });
    await sendAll();
    const groups = async (by: string) =>
      (await statistics(`by=${by}&${range}`)).data.map((d: { group: string | null; sent: number; visits: number }) => [
        d.group,
        d.sent,
        d.visits,
      ]);
    expect(await groups('kind')).toEqual([
      [null, 1, 0],
      ['visit', expect.any(Number), 4],
    ]);
    expect((await groups('template')).map(([group]: [string]) => group)).toContain('visit.confirmation');
    expect((await groups('purpose')).map(([group]: [string]) => group)).toEqual(['service']);
    expect((await groups('sim')).map(([group]: [string]) => group)).toContain(ICCID);
    expect((await rig.call('GET', '/v1/statistics?from=2026-11-25T00:00:00Z&to=2026-11-25T00:00:00Z')).json()).toMatchObject({
      code: 'requestInvalid',
      errors: [{ pointer: '?from' }],
    });
  });

  it('are for whoever may read everything', async () => {
    const key = await rig.makeKey('read', 'send');
    for (const path of ['/v1/statistics', '/v1/ratings']) expect((await rig.call('GET', path, { key })).statusCode).toBe(403);
    expect((await rig.call('GET', '/v1/ratings')).json()).toEqual({ data: [] });
  });
});
