import { type Clock, rfc3339, sleep } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { maskNumber } from '../base/log.ts';
import type { Sim } from '../http/schemas/hardware.ts';
import type { DaemonClient } from './daemon-client.ts';

/** Milliseconds between two looks, and how long a test may take. */
const LOOK = 1000;
const LIMIT = 180_000;

interface TestWorld {
  readonly clock: Clock;
  out(text: string): void;
  confirm(question: string): Promise<boolean>;
}

interface Sent {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
}

const ENDS: ReadonlySet<string> = new Set(['undelivered', 'refused', 'failed', 'expired', 'cancelled', 'uncertain']);

/**
 * Sends a message from one SIM of the box to another and says what came of it: taken by the network, arrived, reported.
 * @param asked.from ICCID or name of the SIM that sends
 * @param asked.to of the SIM that receives, whose number must be known
 * @throws Fault when it cannot be sent, fails, or does not arrive within three minutes
 */
export async function testMessage(
  daemon: DaemonClient,
  asked: { readonly from: string; readonly to: string; readonly yes: boolean },
  { clock, out, confirm }: TestWorld,
): Promise<void> {
  const { data } = await daemon.get<{ data: readonly Sim[] }>('/v1/sims?limit=500');
  const from = simNamed(data, asked.from);
  const to = simNamed(data, asked.to);
  if (to.number === null) {
    throw new Fault(
      'simUnknown',
      `The SIM ${asked.to} does not tell its number, so nothing can be sent to it; write the number onto the SIM in a phone.`,
    );
  }
  const what = `A message from ${from.name ?? from.iccid} to ${to.name ?? to.iccid} (${maskNumber(to.number)}) costs what the operator takes for one. Send it?`;
  if (!asked.yes && !(await confirm(what))) {
    out('Nothing was sent.\n');
    return;
  }
  const begun = clock.monotonic();
  const since = clock.now();
  const text = `Simpost test ${rfc3339(since).slice(0, 19)}`;
  const { id } = await daemon.post<Sent>('/v1/messages', { to: to.number, text, sim: from.iccid, validFor: LIMIT / 1000 });
  const told = new Set<string>();
  const tell = (what: string): void => {
    if (told.has(what)) return;
    told.add(what);
    out(`${what} after ${Math.max(0, Math.round((clock.monotonic() - begun) / 1000))} s.\n`);
  };
  const earlier = encodeURIComponent(rfc3339(since - 60_000));
  while (clock.monotonic() - begun < LIMIT) {
    await sleep(clock, LOOK);
    const { status, reason } = await daemon.get<Sent>(`/v1/messages/${id}`);
    if (status === 'sent' || status === 'delivered') tell('The network took it');
    const inbound = await daemon.get<{ data: readonly { text: string | null; sim: string }[] }>(`/v1/inbound?limit=100&since=${earlier}`);
    if (inbound.data.some((one) => one.sim === to.iccid && one.text === text)) tell('It arrived at the other SIM');
    if (status === 'delivered') tell('The network reported that it was delivered');
    // A report that comes is a gift: some networks give none.
    if (told.has('It arrived at the other SIM') && (status === 'delivered' || status === 'sent')) return;
    if (ENDS.has(status))
      throw new Fault(
        'unavailable',
        `The test message is ${status}${reason === null ? '' : ` (${reason})`}; GET /v1/messages/${id} has the whole story.`,
      );
  }
  throw new Fault('unavailable', `The test message did not arrive within ${LIMIT / 1000} s; GET /v1/messages/${id} has the whole story.`);
}

/** @throws Fault `simUnknown` */
function simNamed(sims: readonly Sim[], named: string): Sim {
  const sim = sims.find((s) => s.iccid === named || s.name === named);
  if (!sim)
    throw new Fault('simUnknown', `There is no SIM ${named} in a modem; there are ${sims.map((s) => s.iccid).join(', ') || 'none'}.`);
  return sim;
}
