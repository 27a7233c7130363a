import { Fault } from '../base/fault.ts';

/**
 * How a SIM is found: by its configured name, or an ICCID that was ever seen. Two writings of one name that no person can tell apart are the
 * same: a letter such as й may come as one character or, from a Mac, as two.
 */
export function simNames(
  configured: readonly { readonly iccid: string; readonly name?: string | undefined }[],
  known: ReadonlySet<string>,
): (name: string) => string | undefined {
  const names = new Map(configured.flatMap(({ name, iccid }) => (name === undefined ? [] : [[name.normalize(), iccid] as const])));
  return (name) => names.get(name.normalize()) ?? (known.has(name) ? name : undefined);
}

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
  throw new Fault('simUnknown', `"${name.slice(0, 40)}" ${why}.`, [{ pointer, detail: why, reason: 'notThere' }]);
}
