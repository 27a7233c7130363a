import { decodeTpdu } from '../pdu/decode.ts';
import { encodeDeliver } from '../pdu/deliver.ts';
import { planText } from '../pdu/plan.ts';
import { encodeStatusReport } from '../pdu/status-report.ts';
import type { Submit } from '../pdu/submit.ts';
import type { NetworkTime } from './network-time.ts';

/** All that the simulator has to do with TPDUs goes through here. */

/** A TPDU as a modem shows it. */
export interface Tpdu {
  /** Upper-case hexadecimal with the SMSC prefix. */
  readonly pdu: string;
  /** Octets without the prefix. */
  readonly length: number;
}

/** What an SMSC wants to know of an SMS-SUBMIT. */
export interface SubmitFacts {
  /** As the host wrote it; the one on the air is the modem's. */
  readonly mr: number;
  /** As addressed: `+380…`, or digits. */
  readonly to: string;
  /** The text of this segment; '' for 8-bit data. */
  readonly text: string;
  readonly concat: { readonly ref: number; readonly total: number; readonly n: number } | null;
  readonly statusReport: boolean;
  readonly rejectDuplicates: boolean;
  readonly messageClass: number | null;
  /** How long the SMSC is to try, milliseconds from `since` (milliseconds since 1970); undefined where it does not say. */
  validForMs(since: number): number | undefined;
}

/** Octets of the SMSC prefix of a PDU, its length octet included. */
export function prefixOctets(pdu: string): number {
  return 1 + Number.parseInt(pdu.slice(0, 2), 16);
}

function validity(submit: Submit, since: number): number | undefined {
  if (!submit.validity) return undefined;
  if (submit.validity.format === 'absolute') return submit.validity.time ? submit.validity.time.epochMs - since : undefined;
  return submit.validity.seconds === null ? undefined : submit.validity.seconds * 1000;
}

/**
 * Reads an SMS-SUBMIT.
 * @param pdu hexadecimal with the SMSC prefix
 * @throws PduFault when it is none
 */
export function readSubmit(pdu: string): SubmitFacts {
  const submit = decodeTpdu(pdu, 'ms-to-sc');
  if (submit.type !== 'submit') throw new TypeError('decodeTpdu gave something else for ms-to-sc');
  return {
    mr: submit.mr,
    to: submit.to.number,
    text: submit.text,
    concat: submit.concat,
    statusReport: submit.statusReport,
    rejectDuplicates: submit.rejectDuplicates,
    messageClass: submit.messageClass,
    validForMs: (since) => validity(submit, since),
  };
}

const moment = (time: NetworkTime) => ({ epochMs: time.epochMs, offsetMinutes: time.quarterHours * 15 });

/**
 * A text on its way to a SIM, in as many SMS-DELIVERs as it takes.
 * @param of `ref` is the reference of the concatenation, 0..255
 * @throws Fault numberInvalid (sender), textInvalid
 */
export function deliversOf(of: { smsc: string; from: string; text: string; ref: number; time: NetworkTime }): Tpdu[] {
  const plan = planText(of.text);
  const total = plan.segments.length;
  return plan.segments.map((segment, i) => {
    const { pdu, tpduLength } = encodeDeliver({
      smsc: of.smsc,
      from: of.from,
      timestamp: moment(of.time),
      text: segment.text,
      alphabet: plan.alphabet,
      moreToSend: i < total - 1,
      concat: total > 1 ? { ref: of.ref, bits: 8, total, n: i + 1 } : null,
    });
    return { pdu, length: tpduLength };
  });
}

/** Bits of the first octet that mean the same in SUBMIT and DELIVER: TP-RP, TP-UDHI, and TP-SRR, which becomes TP-SRI. */
const SHARED_BITS = 0xe0;
const NO_MORE_MESSAGES = 0x04;

/** Octets of TP-VP by TP-VPF (TS 23.040 9.2.3.3): none, enhanced, relative, absolute. */
const VALIDITY_OCTETS = [0, 7, 1, 7];

/**
 * The SMS-DELIVER that an SMSC makes of an SMS-SUBMIT: TP-PID, TP-DCS and the user data go over octet for octet, which
 * is why they are copied here and not decoded and encoded again.
 * @param of `submit` in hexadecimal with its SMSC prefix; it must be one that `readSubmit` reads
 */
export function deliverOf(of: { smsc: string | null; from: string; submit: string; time: NetworkTime }): Tpdu {
  const submit = Buffer.from(of.submit, 'hex');
  const start = prefixOctets(of.submit);
  const first = submit[start] ?? 0;
  const afterAddress = start + 4 + (((submit[start + 2] ?? 0) + 1) >> 1);
  const userData = afterAddress + 2 + (VALIDITY_OCTETS[(first >> 3) & 3] ?? 0);

  const { pdu, tpduLength } = encodeDeliver({ smsc: of.smsc, from: of.from, timestamp: moment(of.time), text: '', alphabet: 'gsm7' });
  // ... TP-PID, TP-DCS, seven octets of TP-SCTS, TP-UDL 0
  const deliver = Buffer.from(pdu, 'hex').subarray(0, -1);
  deliver[prefixOctets(pdu)] = NO_MORE_MESSAGES | (first & SHARED_BITS);
  submit.copy(deliver, deliver.length - 9, afterAddress, afterAddress + 2);
  const tail = submit.subarray(userData);
  return { pdu: Buffer.concat([deliver, tail]).toString('hex').toUpperCase(), length: tpduLength - 1 + tail.length };
}

/** An SMS-STATUS-REPORT. */
export function reportOf(of: {
  smsc: string;
  mr: number;
  recipient: string;
  submitted: NetworkTime;
  discharged: NetworkTime;
  status: number;
}): Tpdu {
  const { pdu, tpduLength } = encodeStatusReport({
    smsc: of.smsc,
    mr: of.mr,
    recipient: of.recipient,
    smscTime: moment(of.submitted),
    dischargeTime: moment(of.discharged),
    status: of.status,
  });
  return { pdu, length: tpduLength };
}
