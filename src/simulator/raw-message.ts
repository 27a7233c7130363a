import { Fault } from '../base/fault.ts';
import type { VirtualModem } from './modem.ts';
import type { RawMessage } from './network-options.ts';
import { prefixOctets } from './tpdu.ts';

/**
 * Puts octets into a modem's storage as they are.
 * @throws Fault requestInvalid (not hexadecimal, storage full)
 */
export function storeRaw(modem: VirtualModem, message: RawMessage): void {
  const pdu = message.pdu.toUpperCase();
  if (!/^(?:[0-9A-F]{2})+$/.test(pdu)) throw new Fault('requestInvalid', 'The field "pdu" must be hexadecimal, two digits for an octet.');
  const memory = message.memory ?? modem.settings.receiveInto;
  const length = Math.max(0, pdu.length / 2 - prefixOctets(pdu));
  if (modem.inbox.keep(memory, pdu, length, message.stat ?? 0)) return;
  throw new Fault('requestInvalid', `The storage ${memory} of ${modem.name} is full: delete something there first.`);
}
