import type { Channel } from '../at/channel.ts';
import { sendLine } from '../at/commands.ts';
import type { Transmission } from '../at/exchange-state.ts';
import { causeCode, type FinalResult } from '../at/result-codes.ts';
import { causeOf, type Vendor } from '../base/causes.ts';
import { encodeSubmit, type SubmitSegment } from '../pdu/submit.ts';
import type { SendOutcome } from './outcome.ts';

/** The limits of one transmission, milliseconds. */
export interface SendLimits {
  readonly prompt: number;
  /** From Ctrl-Z to the outcome. */
  readonly answer: number;
}

/** 10 s for the prompt; 130 s for the network, which Quectel's manuals and TR1M of TS 24.011 stay below. */
export const SEND_LIMITS: SendLimits = { prompt: 10_000, answer: 130_000 };

/**
 * Puts one segment on the air and says how that ended.
 * @param predictedMr the TP-MR that the modem is expected to give, 0..255, when known
 * @param vendor whose codes from 512 on the modem gives
 * @returns the outcome, and how the exchange with the modem went; the latter is undefined when nothing was written
 */
export async function sendSegment(
  channel: Channel,
  segment: SubmitSegment,
  limits: SendLimits,
  predictedMr: number | null,
  vendor: Vendor | null,
): Promise<{ outcome: SendOutcome; transmission: Transmission | undefined }> {
  const encoded = encode(segment);
  // No retry makes a PDU of what is none; 304 is what a modem would say of it.
  if (!encoded) return { outcome: { kind: 'refused', cause: 'CMS-304' }, transmission: undefined };
  const transmission = await channel.transmit({
    line: sendLine(encoded.tpduLength),
    pdu: encoded.pdu,
    promptLimit: limits.prompt,
    answerLimit: limits.answer,
  });
  return { outcome: judge(transmission, predictedMr, vendor, () => channel.lateReference(predictedMr)), transmission };
}

function encode(segment: SubmitSegment): { pdu: string; tpduLength: number } | undefined {
  try {
    return encodeSubmit(segment);
  } catch {
    return undefined;
  }
}

/**
 * What an exchange means for the segment.
 * @param vendor whose codes from 512 on the modem gives
 * @param late is asked only where the outcome stays open
 */
export function judge(
  transmission: Transmission,
  predictedMr: number | null,
  vendor: Vendor | null,
  late: () => Promise<number | undefined>,
): SendOutcome {
  switch (transmission.kind) {
    case 'accepted':
      return { kind: 'ok', mr: transmission.mr };
    // The modem had forgotten its settings and gets them again: nothing was written to its prompt.
    case 'startedAnew':
    case 'noPrompt':
      return { kind: 'not-sent', cause: 'EV-NO-PROMPT' };
    case 'goneBefore':
      return { kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' };
    case 'errorBefore': {
      // It had not seen the segment yet, so this is no word of the network about it, with a code or without.
      const code = causeCode(transmission.result);
      return { kind: 'not-sent', cause: code === undefined ? 'EV-ERROR-BEFORE' : causeOf(code, vendor).code };
    }
    case 'errorAfter':
      return afterError(transmission.result, predictedMr, vendor, late);
    case 'okWithoutReference':
      return { kind: 'unknown', cause: 'EV-OK-NO-REF', late: late() };
    case 'overdue':
      return { kind: 'unknown', cause: 'EV-TIMEOUT', late: late() };
    case 'goneAfter':
      return { kind: 'unknown', cause: 'EV-PORT-GONE-AFTER', late: Promise.resolve(undefined) };
  }
}

function afterError(
  result: FinalResult,
  predictedMr: number | null,
  vendor: Vendor | null,
  late: () => Promise<number | undefined>,
): SendOutcome {
  const code = causeCode(result);
  if (code === undefined) return { kind: 'unknown', cause: 'EV-ERROR-AFTER', late: late() };
  const cause = causeOf(code, vendor);
  // A modem that speaks of text mode has not read it as a PDU: that is no word about the segment.
  if (cause.code === 'CMS-305') return { kind: 'not-sent', cause: cause.code };
  if (cause.surelyNotSent) return { kind: 'refused', cause: cause.code };
  // The SMSC refuses a second copy of what it already has (TP-RD, TS 23.040 9.2.3.25): the first one, with this same TP-MR, counts.
  if (cause.class === 'ACCEPTED_EARLIER' && predictedMr !== null) return { kind: 'ok', mr: predictedMr, earlier: true };
  return { kind: 'unknown', cause: cause.code, late: late() };
}

/** Invalid PDU mode or text mode parameter, +CMS ERROR 304 and 305 (TS 27.005 3.2.5). */
export function isNoPdu(transmission: Transmission | undefined): boolean {
  if (transmission?.kind !== 'errorBefore' && transmission?.kind !== 'errorAfter') return false;
  return transmission.result.kind === 'cms' && [304, 305].includes(transmission.result.code);
}

/** An error without a code, or no answer: the modem may have started anew and lost its settings, numeric errors and PDU mode among them. */
export function mayBeAnew(transmission: Transmission | undefined): boolean {
  if (transmission?.kind === 'noPrompt' || transmission?.kind === 'overdue') return true;
  return (transmission?.kind === 'errorBefore' || transmission?.kind === 'errorAfter') && transmission.result.kind === 'error';
}
