import { Fault } from '../base/fault.ts';
import type { ModemFacts } from './live-hardware.ts';

/**
 * The port of the modem that is meant. Some pools answer one IMEI from all their ports, which then names none of them.
 * @param named by a port, an IMEI or a configured name
 * @throws Fault `notFound`, `requestInvalid` where several answer to it
 */
export function portOf(all: readonly ModemFacts[], named: string): string {
  // One that is absent is at no port.
  const modems = all.flatMap((m) => (m.port === null ? [] : [{ ...m, port: m.port }]));
  const byPort = modems.find((m) => m.port === named);
  const found = byPort ? [byPort] : modems.filter((m) => m.imei === named || m.name === named);
  const [one] = found;
  if (!one) throw new Fault('notFound', 'There is no modem with this port, IMEI or name; GET /v1/modems lists those that there are.');
  if (found.length === 1) return one.port;
  throw new Fault('requestInvalid', `${found.length} modems answer to that; name one by its port: ${found.map((m) => m.port).join(', ')}.`);
}
