import { Fault } from '../base/fault.ts';

/**
 * A PDU that cannot be decoded, and where. Nothing else is ever thrown by the decoder.
 */
export class PduFault extends Fault {
  /**
   * @param field path of the field that is wrong, with the standard's short names in lower case: `ud.udh.ie[0]`, `oa.digits`, `scts`
   * @param octet index from 0 of the octet at which that shows, counted over the whole PDU as it was given (SMSC prefix included)
   * @param problem what is wrong with it, as the rest of a sentence
   */
  constructor(
    readonly field: string,
    readonly octet: number,
    readonly problem: string,
  ) {
    super('pduInvalid', `${field} at octet ${octet}: ${problem}`);
  }
}
