import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { SendOutcome } from '../../src/modem/outcome.ts';
import { ModemPool } from '../../src/modem/pool.ts';
import { matchProfile } from '../../src/modem/profile.ts';
import { loadProfiles, profilesFolder } from '../../src/modem/profile-files.ts';
import type { Received } from '../../src/modem/session.ts';
import { decodeTpdu } from '../../src/pdu/decode.ts';
import type { SubmitSegment } from '../../src/pdu/submit.ts';
import { MAKES } from '../../src/simulator/makes.ts';
import { GENERIC, type ModemModel } from '../../src/simulator/models.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { PinTable, PROFILES } from '../support/modem-rig.ts';
import { PHONE } from '../unit/simulator/rig.ts';

/** The modem layer over one virtual modem of some make, on a clock that stands still until it is moved. */
class ProfileRig {
  readonly clock = new FakeClock();
  readonly network: VirtualNetwork;
  readonly received: Received[] = [];
  readonly pool: ModemPool;
  opened = 0;

  constructor(model: ModemModel) {
    const random = seededRandom(3);
    this.network = new VirtualNetwork({ clock: this.clock, random, radioMs: 3_000, reportMs: 1_000 });
    this.network.addModem({ name: 'one', model, registerMs: 2_000 });
    this.pool = new ModemPool({
      modems: [{ port: 'sim://one' }],
      open: async (port) => {
        const stream = this.network.open(port.slice('sim://'.length));
        this.opened += 1;
        return stream;
      },
      clock: this.clock,
      random,
      log: silentLog,
      hangUpAfter: 0,
      onCall: () => undefined,
      pins: new PinTable(),
      profiles: PROFILES,
      mayRoam: () => false,
      onReceived: async (received) => {
        this.received.push(received);
      },
      onChange: () => undefined,
    });
  }

  get state(): string | undefined {
    return this.pool.modems()[0]?.state;
  }

  get iccid(): string {
    return this.network.modem(1).card?.iccid ?? '';
  }

  async until(done: () => boolean, ms = 60_000): Promise<void> {
    const end = this.clock.monotonic() + ms;
    await this.clock.advance(0);
    while (!done()) {
      if (this.clock.monotonic() >= end) throw new Error(`not in ${ms} ms: ${JSON.stringify([this.pool.modems(), this.received])}`);
      await this.clock.advance(100);
    }
  }

  async ready(): Promise<void> {
    this.pool.start();
    await this.until(() => this.state === 'ready');
    await this.clock.advance(1_000);
  }

  async send(segment: Partial<SubmitSegment> = {}): Promise<SendOutcome> {
    let outcome: SendOutcome | undefined;
    void this.pool.send(this.iccid, { to: PHONE, text: 'Hello', alphabet: 'gsm7', statusReport: true, ...segment }).then((o) => {
      outcome = o;
    });
    await this.until(() => outcome !== undefined, 200_000);
    if (!outcome) throw new Error('unreachable');
    return outcome;
  }

  /** What came in, decoded. */
  get inbox() {
    return this.received.map(({ pdu }) => decodeTpdu(pdu, 'sc-to-ms'));
  }

  async close(): Promise<void> {
    const stopped = this.pool.stop(0);
    await this.clock.advance(1_000);
    await stopped;
    this.network.close();
  }
}

let rig: ProfileRig;
afterEach(() => rig.close());

const { profiles } = loadProfiles(profilesFolder());
const names = [profiles.generic, ...profiles.others].map((profile) => profile.name);

it('there is a virtual modem for each profile, and it is recognised as what it is', () => {
  rig = new ProfileRig(GENERIC);
  expect(Object.keys(MAKES).sort()).toEqual(names.toSorted());
  for (const [name, { manufacturer, model }] of Object.entries(MAKES)) expect(matchProfile(profiles, manufacturer, model).name).toBe(name);
});

describe.each(Object.entries(MAKES))('%s', (_, model) => {
  it('starts: it is known, its SIM too, and it is ready', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    expect(rig.pool.modems()[0]).toMatchObject({
      state: 'ready',
      manufacturer: model.manufacturer.trim(),
      model: model.model.trim(),
      imei: rig.network.modem(1).imei,
      sim: rig.iccid,
    });
    expect(rig.pool.sims()[0]).toMatchObject({ registered: true, number: '+380500000001', smsc: '+380500000999', signalDbm: -73 });
  });

  it('sends, and gets the report of it', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    expect(await rig.send()).toEqual({ kind: 'ok', mr: 0 });
    await rig.until(() => rig.received.length === 1);
    expect(rig.inbox[0]).toMatchObject({ type: 'statusReport', mr: 0, status: 0 });
    expect(await rig.send({ text: 'Зустріч', alphabet: 'ucs2' })).toEqual({ kind: 'ok', mr: 1 });
    expect(rig.network.phone(PHONE).texts.map((t) => t.text)).toEqual(['Hello', 'Зустріч']);
    expect(rig.network.ledger.entries).toHaveLength(2);
  });

  it('receives what comes in while it is ready, and what was there before; each once, and its storages are empty', async () => {
    rig = new ProfileRig(model);
    rig.network.inbound({ from: PHONE, modem: 1, text: 'before' });
    await rig.ready();
    rig.network.inbound({ from: PHONE, modem: 1, text: 'now' });
    await rig.until(() => rig.received.length >= 2);
    await rig.clock.advance(60_000);
    expect(rig.inbox).toMatchObject([
      { type: 'deliver', text: 'before' },
      { type: 'deliver', text: 'now' },
    ]);
    const modem = rig.network.modem(1);
    expect(['SM', 'ME', 'SR'].map((memory) => modem.memory(memory === 'SM' ? 'SM' : memory === 'ME' ? 'ME' : 'SR').used)).toEqual([
      0, 0, 0,
    ]);
  });

  it('is refused by the network, and goes on', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    rig.network.addFault({ fault: 'errorAfter', modem: 1, cms: 38 });
    const outcome = await rig.send();
    expect(outcome).toEqual({ kind: 'refused', cause: 'CMS-38' });
    expect(await rig.send()).toMatchObject({ kind: 'ok' });
    expect(rig.network.ledger.entries).toHaveLength(1);
  });

  it('gives a code of its own after Ctrl-Z: nobody knows, and nothing is sent twice', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    rig.network.addFault({ fault: 'errorAfter', modem: 1, cms: 513, accepted: true });
    expect(await rig.send()).toMatchObject({ kind: 'unknown' });
    expect(rig.network.ledger.entries).toHaveLength(1);
  });

  it('hangs after Ctrl-Z: uncertain, noticed, and used again when it is back', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    rig.network.addFault({ fault: 'silence', modem: 1, at: 'afterCtrlZ', forMs: 190_000, wakes: 'replug' });
    expect(await rig.send()).toMatchObject({ kind: 'unknown', cause: 'EV-TIMEOUT' });
    expect(rig.state).toBe('degraded');
    await rig.until(() => rig.state === 'ready', 120_000);
    expect(await rig.send()).toMatchObject({ kind: 'ok' });
  });

  it('is pulled out and put in again: found, set up and used again, and nothing that came meanwhile is lost', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    rig.network.addFault({ fault: 'unplug', modem: 1, backMs: 20_000 });
    await rig.until(() => rig.state === 'absent');
    rig.network.inbound({ from: PHONE, modem: 1, text: 'meanwhile' });
    await rig.until(() => rig.state === 'ready', 90_000);
    expect(await rig.send()).toMatchObject({ kind: 'ok' });
    await rig.until(() => rig.received.length >= 2, 90_000);
    expect(rig.inbox.map((tpdu) => tpdu.type).sort()).toEqual(['deliver', 'statusReport']);
  });

  it('starts anew by itself: its settings are made again, noise and all', async () => {
    rig = new ProfileRig(model);
    await rig.ready();
    const modem = rig.network.modem(1);
    modem.resetSettings();
    modem.unsolicited('RDY');
    await rig.clock.advance(5_000);
    expect(modem.settings).toMatchObject({ echo: false, cnmi: { mt: 1 } });
    expect(await rig.send()).toEqual({ kind: 'ok', mr: 0 });
    await rig.until(() => rig.received.length === 1);
    expect(rig.inbox[0]).toMatchObject({ type: 'statusReport', mr: 0 });
  });
});

const STORED_IN = ['SR', 'SM', 'ME'] as const;
it.each(
  STORED_IN.flatMap((memory) => [
    { memory, slots: 'right' },
    { memory, slots: 'wrong' },
  ]),
)(
  'I12 a modem that only stores reports, in $memory, in slots that it tells $slots, loses none and is left empty',
  async ({ memory, slots }) => {
    const cnmi = [GENERIC.cnmi[0], GENERIC.cnmi[1], GENERIC.cnmi[2], [0, 2], GENERIC.cnmi[4]] as const;
    rig = new ProfileRig({ ...GENERIC, cnmi, reportsInto: memory, reportIndication: slots === 'wrong' ? `"${memory}",0` : undefined });
    await rig.ready();
    for (let n = 0; n < 3; n += 1) expect(await rig.send()).toEqual({ kind: 'ok', mr: n });
    await rig.until(() => rig.received.length === 3);
    expect(rig.inbox).toMatchObject([{ mr: 0 }, { mr: 1 }, { mr: 2 }]);
    await rig.clock.advance(60_000);
    expect(rig.network.modem(1).memory(memory).used).toBe(0);
  },
);

it('a Siemens whose SIM is busy for thirty seconds after the start is ready with its SIM known', async () => {
  rig = new ProfileRig({ ...GENERIC, ...MAKES['cinterion-mc55'], simBusyMs: 30_000 });
  await rig.ready();
  expect(rig.pool.sims()[0]?.iccid).toBe(rig.iccid);
});
