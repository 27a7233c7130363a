import type { SubmitAnswer } from './air.ts';
import { cms, ERROR, errorOf, type Final, type Me, MUTE, OK, ok, type Verdict } from './me.ts';
import { routed } from './numbers.ts';
import { prefixOctets, readSubmit, type SubmitFacts } from './tpdu.ts';

/**
 * The dialogue of +CMGS (TS 27.005 3.5.1): length, prompt, PDU, Ctrl-Z, radio time, outcome. Scripted faults strike at
 * the prompt and at the outcome; what the SMSC took is in the ledger before the modem says so.
 */
export function sendMessage(me: Me, length: number): Verdict {
  if (!Number.isInteger(length) || length < 1) return ERROR;
  const fault = me.faults.take('prompt', { modem: me.name });
  switch (fault?.fault) {
    case 'errorBefore':
      return errorOf(fault);
    case 'unplug':
      me.unplug(fault.backMs);
      return MUTE;
    case 'silence':
      me.fallSilent(fault);
      return MUTE;
    case 'latePrompt':
    case 'noPrompt':
    case undefined:
      return {
        kind: 'prompt',
        afterMs: fault?.fault === 'latePrompt' ? fault.delayMs : 0,
        shown: fault?.fault !== 'noPrompt',
        take: (text) => transmit(me, text, length),
      };
  }
}

/** The hexadecimal in what came before Ctrl-Z; undefined when it is not a PDU of that length. */
export function pduIn(text: string, length: number): string | undefined {
  const hex = text.replace(/\s/g, '').toUpperCase();
  if (hex.length < 4 || hex.length % 2 !== 0 || /[^0-9A-F]/.test(hex)) return undefined;
  return hex.length / 2 === prefixOctets(hex) + length ? hex : undefined;
}

function factsOf(pdu: string): SubmitFacts | undefined {
  try {
    return readSubmit(pdu);
  } catch {
    return undefined;
  }
}

/** A failure as this modem tells it: some say OK of a segment that was not sent. */
const told = (me: Me, final: Final): Final => (me.settings.hidesFailures && final.kind !== 'ok' ? OK : final);

function transmit(me: Me, text: string, length: number): Verdict {
  const card = me.card;
  if (!card) return cms(310);
  const pdu = pduIn(text, length);
  const facts = pdu === undefined ? undefined : factsOf(pdu);
  // 304: invalid PDU mode parameter; 330: SMSC address unknown; 331: no network service (TS 27.005 3.2.5)
  if (pdu === undefined || facts === undefined) return cms(304);
  if (prefixOctets(pdu) === 1 && card.smsc === '') return cms(330);
  if (!me.registered) return cms(331);

  const mr = me.keepMr ? facts.mr : card.nextMr();
  const submit = (): SubmitAnswer => me.air.submit({ card, modem: me.name, pdu, facts, mr });
  const outcome = (): Final => {
    const answer = submit();
    return answer.accepted ? ok(`+CMGS: ${mr}`) : told(me, cms(answer.cms));
  };
  const fault = me.faults.take('answer', { modem: me.name, to: routed(facts.to) });
  switch (fault?.fault) {
    case 'errorAfter':
      return later(true, (finish) =>
        me.onAir(() => {
          if (fault.accepted) submit();
          me.after(fault.delayMs, () => finish(told(me, errorOf(fault))));
        }),
      );
    case 'unanswered':
      me.onAir(() => fault.accepted && submit());
      return MUTE;
    case 'lateAnswer':
      return later(fault.blocking, (finish) =>
        me.onAir(() => {
          const final = outcome();
          me.after(fault.delayMs, () => finish(final));
        }),
      );
    case 'noReference':
      return later(true, (finish) =>
        me.onAir(() => {
          if (fault.accepted) submit();
          finish(ok());
        }),
      );
    case 'silence':
      me.onAir(() => fault.accepted && submit());
      me.fallSilent(fault);
      return MUTE;
    case 'unplug':
      if (fault.accepted) submit();
      me.unplug(fault.backMs);
      return MUTE;
    case undefined:
      return later(true, (finish) => me.onAir(() => finish(outcome())));
  }
}

const later = (blocking: boolean, run: (finish: (final: Final) => void) => void): Verdict => ({ kind: 'later', blocking, run });
