import { Fault } from '../base/fault.ts';

/**
 * A number of a body in E.164.
 * @param pointer where it stands (RFC 6901)
 * @param normalize reads any usual writing
 * @throws Fault `numberInvalid`, at that place
 */
export function numberAt(pointer: string, written: string, normalize: (written: string) => string): string {
  try {
    return normalize(written);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const places = error.places.map((place) => ({ ...place, pointer }));
    throw new Fault(error.code, error.message, places, { cause: error });
  }
}
