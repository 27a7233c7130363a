import { readSmsc } from './address.ts';
import { type Deliver, readDeliver } from './deliver.ts';
import { PduFault } from './fault.ts';
import { OctetReader } from './octets.ts';
import { readStatusReport, type StatusReport } from './status-report.ts';
import { readSubmit, type Submit } from './submit.ts';

/**
 * Which way a TPDU went, since the same two bits mean different types in each: `sc-to-ms` was received, `ms-to-sc` is to be
 * sent. `stored` is for what lies in a modem's memory, which may be either: of the two types that share a value, only one is
 * ever stored (TS 23.040 9.2.3.1, TS 27.005 3.1), and some modems say the wrong `<stat>`.
 */
export type Direction = 'sc-to-ms' | 'ms-to-sc' | 'stored';

export type Tpdu = Deliver | StatusReport | Submit;

/** TP-MTI, the message type (TS 23.040 9.2.3.1). */
const TYPE_NAMES: Readonly<Record<Direction, readonly string[]>> = {
  'sc-to-ms': ['SMS-DELIVER', 'SMS-SUBMIT-REPORT', 'SMS-STATUS-REPORT', 'reserved'],
  'ms-to-sc': ['SMS-DELIVER-REPORT', 'SMS-SUBMIT', 'SMS-COMMAND', 'reserved'],
  stored: ['SMS-DELIVER', 'SMS-SUBMIT', 'SMS-STATUS-REPORT', 'reserved'],
};

/**
 * Decodes a PDU as a modem gives it. A reserved message type is read as SMS-DELIVER, as the standard says to, unless it is to
 * be sent.
 *
 * What is tolerated is noted (`notes`); whatever else is wrong, also anything missing at the end, is a fault. A status
 * report may end after TP-ST, and octets behind the TPDU are left out.
 * @param hex hexadecimal in either case
 * @param direction `sc-to-ms` for what comes by itself (`+CMT`, `+CDS`), `stored` for what `+CMGR` and `+CMGL` show
 * @param options `smscPrefix: false` when there is no SMSC in front, as on modems that leave it out
 * @throws PduFault, and nothing else
 */
export function decodeTpdu(hex: string, direction: Direction, options: { readonly smscPrefix?: boolean } = {}): Tpdu {
  const reader = new OctetReader(hex);
  const smsc = options.smscPrefix === false ? null : readSmsc(reader);
  if (reader.left === 0) throw new PduFault('firstOctet', reader.at, 'the PDU ends before it');
  const type = reader.peek() & 3;
  if (type === 1 && direction !== 'sc-to-ms') return readSubmit(reader, smsc);
  if (type === 2 && direction !== 'ms-to-sc') return readStatusReport(reader, smsc);
  if ((type === 0 || type === 3) && direction !== 'ms-to-sc') return readDeliver(reader, smsc);
  throw new PduFault('firstOctet', reader.at, `it is of type ${TYPE_NAMES[direction][type]}, which is not decoded`);
}
