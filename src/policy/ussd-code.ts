import { Fault } from '../base/fault.ts';

/** What may be in a code at all (requirement X01). */
const CHARACTERS = /^[*#0-9]{2,40}$/;

/** `*101#`, `#102#`, `*124*#`, `*111*2*1#`, `*#10#`: questions to the operator's own service. */
const QUESTION = /^(?:\*#?|#)\d+(?:\*\d*)*#$/;

/** `**21*`, `##002#`: registration and erasure of a supplementary service (TS 22.030 6.5.2). */
const ORDER = /^(?:\*\*|##)/;

/**
 * Service codes of the standard (TS 22.030 annex B and 6.6), which no operator uses for anything else: call deflection and
 * forwarding, barring, waiting, presentation of numbers, call completion, priority, profiles, passwords, PINs and the IMEI.
 */
const STANDARD: ReadonlySet<string> = new Set(
  '002 004 03 04 042 05 052 06 21 214 30 300 31 33 330 331 332 333 35 351 353 361 362 363 37 43 59 61 62 66 67 75 750 751 752 753 754 76 77 96'.split(
    ' ',
  ),
);

const refuse = (why: string): Fault => new Fault('ussdRefused', `The USSD code ${why}.`, [{ pointer: '/code', detail: why }]);

/**
 * Lets pass the codes that ask the operator's own services, such as its balance; whatever could change how the SIM works in the
 * network (forwarding, barring, its PIN) is refused (requirement X01).
 * @throws Fault `ussdRefused`
 */
export function checkUssdCode(code: string): void {
  if (!CHARACTERS.test(code)) throw refuse('must have 2 to 40 characters, and only digits, * and #');
  const service = /^[*#]{1,2}(\d+)/.exec(code)?.[1];
  if (ORDER.test(code) || (service !== undefined && STANDARD.has(service))) {
    throw refuse(
      'is a command to the network (forwarding, barring, PIN and the like), and those are not sent by USSD; forwarding has a call of its own',
    );
  }
  if (!QUESTION.test(code)) throw refuse('must be a question to the operator, such as *101#: a * or #, digits, and one # at the end');
}
