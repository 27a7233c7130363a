import { type Static, Type } from 'typebox';
import { PROFILE_LINE } from '../at/commands.ts';
import { VENDORS } from '../base/causes.ts';

/**
 * What a profile of a make of modem may say: a closed schema, so that a misspelt field is a mistake and not a setting that
 * does nothing. The files are `firmware-config/profiles/*.json`; `generic.json` says everything, the others what differs.
 */

const line = (description: string) => Type.String({ pattern: PROFILE_LINE.source, description });

const seconds = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description, 'x-unit': 'seconds' });

/** Letters, digits, signs, and `*` for anything: compared without regard to case. */
const pattern = (description: string) => Type.String({ pattern: '^[ -~]{1,64}$', description });

/** What starts a modem anew; on Wavecoms +CFUN=1 does, on u-bloxes 16 keeps the SIM. */
const RESETS = ['AT+CFUN=1,1', 'AT+CFUN=1', 'AT+CFUN=16', 'AT^RESET', 'AT+CRESET'] as const;

const indication = Type.Integer({ minimum: 0, maximum: 3 });

const closed = { additionalProperties: false } as const;

const usbId = (description: string) => Type.String({ pattern: '^[0-9a-f]{4}:[0-9a-f]{4}$', description });

/** What is known of it, besides which modems it is for. */
const TRAITS = {
  initialisation: Type.Array(line('A command line, with AT.'), {
    maxItems: 10,
    description: 'Sent after PDU mode was set, in order; what the modem refuses is let be.',
  }),
  noise: Type.Array(Type.String({ pattern: '^[ -~]{2,32}$' }), {
    maxItems: 40,
    description: 'Beginnings of lines that come unasked and mean nothing to us: they are left out wherever they come.',
  }),
  indications: Type.Array(Type.Tuple([indication, indication, indication, indication, indication]), {
    minItems: 1,
    maxItems: 10,
    description: 'Values of +CNMI <mode>,<mt>,<bm>,<ds>,<bfr> (TS 27.005 3.4.1), best first; the first that is taken stays.',
  }),
  slotNumbersLie: Type.Boolean({
    description: 'The slot in +CDSI is not where the report is: the whole memory must be read.',
  }),
  memories: Type.Array(Type.Union([Type.Literal('SM'), Type.Literal('ME'), Type.Literal('MT')]), {
    minItems: 1,
    maxItems: 3,
    description: 'Memories to receive into (+CPMS, TS 27.005 3.2.2), best first.',
  }),
  ussd: Type.Union([Type.Literal('plain'), Type.Literal('packedHex'), Type.Literal('ucs2Hex')], {
    description: 'How the text of +CUSD is written: as it is, as packed septets in hex, or as UCS2 in hex.',
  }),
  ussdDcs: Type.Integer({
    minimum: 0,
    maximum: 255,
    description: '<dcs> to give with +CUSD (TS 27.007 7.15); 15 is the default alphabet.',
  }),
  iccid: Type.Array(line('A question for the ICCID.'), { minItems: 1, maxItems: 6, description: 'Questions for the ICCID, best first.' }),
  pinRetries: Type.Union([line('A question for how many tries of the PIN are left.'), Type.Null()], {
    description: 'null where the modem has none.',
  }),
  registration: Type.Array(Type.Union([Type.Literal('CREG'), Type.Literal('CGREG'), Type.Literal('CEREG')]), {
    minItems: 1,
    maxItems: 3,
    description: 'Commands that tell of registration (TS 27.007 7.2, 10.1.20, 10.1.22).',
  }),
  keepsReference: Type.Boolean({
    description:
      'Whether it leaves the TP-MR of a segment as it is given: then the SMSC is asked to refuse a second copy. Its first answers must agree.',
  }),
  moreMessages: Type.Boolean({ description: 'Whether +CMMS may keep the link open between segments (TS 27.005 3.5.6).' }),
  resetCommand: Type.Union(
    RESETS.map((command) => Type.Literal(command)),
    {
      description: 'Starts the modem anew.',
    },
  ),
  resetSeconds: seconds(5, 180, 'From that command until the modem answers again.'),
  answerSeconds: Type.Union([seconds(60, 600, 'From Ctrl-Z to the outcome of a segment.'), Type.Null()], {
    description: 'From Ctrl-Z to the outcome of a segment, where the maker allows more than delivery.answerLimit; null: that is enough.',
    'x-unit': 'seconds',
  }),
  startSeconds: seconds(1, 180, 'From power to the first OK, and to a SIM that can be read.'),
  vendorErrors: Type.Union([...VENDORS.map((vendor) => Type.Literal(vendor)), Type.Null()], {
    description:
      'Whose +CMS ERROR codes from 512 on it gives: their classes stand in the table of causes. null: nobody knows, so they are uncertain.',
  }),
  usb: Type.Array(
    Type.Object(
      {
        id: usbId('vendor:product as lsusb shows it, while it is a modem.'),
        at: Type.Array(Type.Integer({ minimum: 0, maximum: 15 }), {
          minItems: 1,
          maxItems: 6,
          description: 'USB interfaces that speak AT, best first.',
        }),
      },
      closed,
    ),
    { maxItems: 10, description: 'Empty for a modem on a serial line.' },
  ),
  usbBefore: Type.Array(usbId('vendor:product while it presents itself as a CD-ROM.'), {
    maxItems: 10,
    description: 'What usb_modeswitch turns over.',
  }),
  quirks: Type.Array(
    Type.Object({ what: Type.String({ minLength: 10, maxLength: 400 }), source: Type.String({ minLength: 5, maxLength: 200 }) }, closed),
    { maxItems: 20, description: 'What else is known, in sentences, each with who says so.' },
  ),
};

const HEAD = {
  title: Type.String({ minLength: 3, maxLength: 80, description: 'The models in words.' }),
  match: Type.Array(Type.Object({ manufacturer: pattern('The answer to +CGMI.'), model: pattern('The answer to +CGMM.') }, closed), {
    maxItems: 20,
    description: 'Which modems it is for: both must fit; where several profiles fit, the one with the longest pattern wins.',
  }),
};

/** `generic.json`: all of it. */
export const GENERIC_PROFILE = Type.Object({ ...HEAD, ...TRAITS }, closed);

/** All other files. */
export const PROFILE_FILE = Type.Object({ ...HEAD, ...Type.Partial(Type.Object(TRAITS)).properties }, closed);

/** All that is known of a make of modem. */
export type Profile = Readonly<Static<typeof GENERIC_PROFILE>> & {
  /** The file's name without `.json`. */
  readonly name: string;
};
