import { decodeTpdu } from '../../src/pdu/decode.ts';
import { encodeStatusReport, type StatusReport } from '../../src/pdu/status-report.ts';

/** A status report as it comes from a modem. */
export function statusReport(
  mr: number,
  tpStatus: number,
  at: number,
  recipient = '+380501234567',
): { readonly report: StatusReport; readonly pdu: string } {
  const time = { epochMs: at, offsetMinutes: 120 };
  const { pdu } = encodeStatusReport({ mr, recipient, smscTime: time, dischargeTime: time, status: tpStatus });
  const decoded = decodeTpdu(pdu, 'sc-to-ms');
  if (decoded.type !== 'statusReport') throw new Error('not a report');
  return { report: decoded, pdu };
}
