import { Fault } from '../base/fault.ts';
import type { VirtualModem } from './modem.ts';

export const namesOf = (modems: readonly VirtualModem[]): string => modems.map((modem) => modem.name).join(', ') || 'none';

/**
 * A modem by its name, its number from 1, its IMEI, or its SIM's ICCID or number.
 * @throws Fault notFound
 */
export function modemNamed(modems: readonly VirtualModem[], reference: string | number): VirtualModem {
  const wanted = String(reference);
  const found =
    modems.find((modem) => modem.name === wanted || modem.imei === wanted) ??
    modems.find((modem) => modem.card?.iccid === wanted || modem.card?.number === wanted) ??
    modems[Number(wanted) - 1];
  if (found) return found;
  throw new Fault('notFound', `There is no virtual modem "${wanted}": there are ${namesOf(modems)}.`);
}
