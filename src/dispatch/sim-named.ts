import { Fault } from '../base/fault.ts';

/**
 * The ICCID of a SIM that a request names.
 * @param simNamed knows those of the configuration and those ever seen
 * @param pointer the field that names it
 * @throws Fault `simUnknown`
 */
export function simOf(name: string, simNamed: (name: string) => string | undefined, pointer = '/sim'): string {
  const iccid = simNamed(name);
  if (iccid !== undefined) return iccid;
  const why = 'names no SIM: give the ICCID of one that GET /v1/sims lists, or a name from the configuration';
  throw new Fault('simUnknown', `"${name.slice(0, 40)}" ${why}.`, [{ pointer, detail: why }]);
}
