import { rfc3339 } from '../base/clock.ts';
import type { ActiveFault } from './faults.ts';
import type { VirtualModem } from './modem.ts';
import type { VirtualNetwork } from './network.ts';
import type { VirtualPhone } from './phone.ts';

/** What the control port shows, as JSON. */

export function modemView(network: VirtualNetwork, modem: VirtualModem) {
  const { card } = modem;
  const usage = (name: 'SM' | 'ME' | 'SR') => ({ used: modem.memory(name).used, capacity: modem.memory(name).capacity });
  return {
    name: modem.name,
    imei: modem.imei,
    plugged: modem.plugged,
    open: modem.open,
    silent: modem.silent,
    registered: modem.registered,
    registration: modem.registration,
    signal: modem.signal,
    sim: card
      ? {
          iccid: card.iccid,
          imsi: card.imsi,
          number: card.number,
          lock: card.lock,
          /** How often a PIN was tried. */
          pinTried: card.pinTried,
          lastMr: card.lastMr,
          /** Messages that the SMSC keeps for it. */
          waiting: network.waitingFor(card),
        }
      : null,
    storage: { SM: usage('SM'), ME: usage('ME'), SR: usage('SR') },
    indications: modem.settings.cnmi,
    transmissions: modem.radio.transmissions,
    radioBusyMs: modem.radio.busyMs,
  };
}

export function phoneView(phone: VirtualPhone) {
  return {
    number: phone.number,
    name: phone.name ?? null,
    state: phone.state,
    answers: phone.answers,
    texts: phone.texts.map((text) => ({ ...text, at: rfc3339(text.at) })),
    segments: phone.received.length,
    incomplete: phone.incomplete,
  };
}

/** A phone with every segment that reached it. */
export function phoneDetails(phone: VirtualPhone) {
  const received = phone.received.map(({ at, from, text, concat, deliver }) => ({ at: rfc3339(at), from, text, concat, pdu: deliver() }));
  return { ...phoneView(phone), received };
}

export function faultView(fault: ActiveFault) {
  return { id: fault.id, ...fault.spec, seen: fault.seen, struck: fault.struck };
}
