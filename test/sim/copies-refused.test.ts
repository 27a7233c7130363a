import { afterEach, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { ModemPool } from '../../src/modem/pool.ts';
import { decodeTpdu } from '../../src/pdu/decode.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import type { MessageView } from '../../src/store/records/message.ts';
import { PinTable, PROFILES } from '../support/modem-rig.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { runs } from '../support/texts.ts';

const MINUTE = 60_000;

/** The queue over modems of the simulator, with an SMSC that holds what it takes for ten minutes. */
interface Site {
  readonly rig: QueueRig;
  readonly pool: ModemPool;
  readonly network: VirtualNetwork;
  /** Sends a code whose answer is an error without meaning: taken by the SMSC or not. Resolves when it is through. */
  lose(accepted: boolean, to: string): Promise<MessageView>;
  close(): Promise<void>;
}

let open: Site | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function site(keepMr: boolean, askKept: boolean, modems: readonly string[] = ['one']): Promise<Site> {
  const rig = await queueRig({ sims: [], patience: MINUTE });
  const random = seededRandom(11);
  const network = new VirtualNetwork({ clock: rig.clock, random, radioMs: 1_000, deliveryMs: 10 * MINUTE, reportMs: 1_000 });
  for (const name of modems) network.addModem({ name, keepMr, registerMs: 500 });
  const pool = new ModemPool({
    modems: modems.map((name) => ({ port: `sim://${name}` })),
    open: (port) => Promise.resolve(network.open(port.slice('sim://'.length))),
    clock: rig.clock,
    random,
    log: silentLog,
    hangUpAfter: 0,
    onCall: () => undefined,
    pins: new PinTable(),
    profiles: PROFILES,
    mayRoam: () => false,
    onReceived: () => Promise.resolve(),
    onChange: () => rig.dispatcher.wake(),
    askKept,
  });
  rig.sender.facts = () => pool.sims().map((sim) => ({ ...sim, ready: sim.state === 'ready' }));
  rig.sender.auto = (iccid, segment) => pool.send(iccid, segment);
  pool.start();
  while (!pool.modems().every(({ state }) => state === 'ready')) await rig.clock.advance(100);
  await rig.clock.advance(1_000);
  const through = async (id: string): Promise<MessageView> => {
    for (;;) {
      const view = await rig.view(id);
      if (view.status === 'sent') return view;
      if (view.status !== 'queued' && view.status !== 'sending' && view.status !== 'uncertain') throw new Error(JSON.stringify(view));
      await rig.clock.advance(1_000);
    }
  };
  // What the modem answers to these tells where its own count is, and whose TP-MR goes on the air.
  for (let i = 0; i < 2 * modems.length; i += 1) await through(await rig.accept({ to: `+38067000000${i}` }));
  const made: Site = {
    rig,
    pool,
    network,
    async lose(accepted, to) {
      network.addFault({ fault: 'errorAfter', cms: 500, accepted, count: 1 });
      return await through(await rig.accept({ purpose: 'otp', to }));
    },
    async close() {
      const stopped = pool.stop(0);
      await rig.clock.advance(1_000);
      await stopped;
      network.close();
      await rig.close();
    },
  };
  open = made;
  return made;
}

/** Copies in the ledger of the network beyond the first, and how many segments asked to be refused as one. */
function copies({ network }: Site, ids: number): { doubled: number; asking: number } {
  const asking = network.ledger.entries.filter(({ pdu }) => {
    const tpdu = decodeTpdu(pdu, 'stored');
    return tpdu.type === 'submit' && tpdu.rejectDuplicates;
  });
  return { doubled: network.ledger.entries.length - ids, asking: asking.length };
}

it('D08: an SMSC that honours TP-RD takes no second copy of what it holds, and the first one counts', { timeout: 600_000 }, async () => {
  const here = await site(true, true);
  expect(here.pool.sims()[0]?.keepsReference).toBe(true);
  const before = here.network.ledger.entries.length;
  const rounds = runs(1_000);
  for (let i = 0; i < rounds; i += 1) {
    const accepted = i % 2 === 0;
    const view = await here.lose(accepted, `+38050000000${i % 10}`);
    expect(view.possibleDuplicate).toBe(true);
    const attempts = view.segments[0]?.attempts.map(({ outcome, cause }) => `${outcome} ${cause}`);
    // What was taken is held, and its copy refused; what never arrived goes out as the copy, and once.
    expect(attempts).toEqual(accepted ? ['sent CMS-500', 'refused CMS-197'] : ['resent CMS-500', 'sent null']);
  }
  expect(copies(here, before + rounds)).toEqual({ doubled: 0, asking: rounds / 2 });
});

it('D08: a copy goes through the SIM whose SMSC may hold the first, though another is free', async () => {
  const here = await site(true, true, ['one', 'two']);
  const before = here.network.ledger.entries.length;
  for (let i = 0; i < 6; i += 1) {
    const { segments } = await here.lose(true, `+38050000000${i}`);
    expect(new Set(segments[0]?.attempts.map(({ sim }) => sim)).size).toBe(1);
  }
  expect(copies(here, before + 6).doubled).toBe(0);
});

it('D08: a modem that writes its own TP-MR is found out by its first answers, and nothing is asked through it', async () => {
  const here = await site(false, true);
  expect(here.pool.sims()[0]?.keepsReference).toBe(false);
  const before = here.network.ledger.entries.length;
  for (let i = 0; i < 4; i += 1) expect((await here.lose(true, `+38050000000${i}`)).possibleDuplicate).toBe(true);
  // As without it: sent twice, and flagged.
  expect(copies(here, before + 4)).toEqual({ doubled: 4, asking: 0 });
});

it('D08: is off unless the configuration or the profile of the modem says so (control: then copies are taken)', async () => {
  const here = await site(true, false);
  const before = here.network.ledger.entries.length;
  for (let i = 0; i < 4; i += 1) await here.lose(true, `+38050000000${i}`);
  expect(copies(here, before + 4)).toEqual({ doubled: 4, asking: 0 });
});

it('D08: does not take the SMSC at its word where it may speak of another text with the same TP-MR', async () => {
  const here = await site(true, true);
  const { rig } = here;
  const to = '+380500000001';
  // 256 segments later the same number is written to with the same TP-MR, and the SMSC holds the first of them still.
  const first = await rig.accept({ to, purpose: 'urgent' });
  await rig.clock.advance(2_000);
  const mr = (await rig.view(first)).segments[0]?.mr ?? 0;
  while (here.pool.sims()[0]?.predictedMr !== mr) {
    await rig.accept({ to: '+380500000002', purpose: 'urgent' });
    await rig.clock.advance(1_200);
  }
  expect(here.network.ledger.entries.length).toBeGreaterThan(255);
  const view = await here.lose(false, to);
  expect(view.segments[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['resent', 'sent']);
});
