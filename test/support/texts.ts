import fc from 'fast-check';

/** Arbitrary texts for the tests of the codec, made of what people and phones really put into messages. */

const BASIC = [
  ...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
];
const EXTENSION = [...'\f^{}\\[~]|€'];
const CYRILLIC = [...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъёАБВГҐ'];
const CLUSTERS = ['👍🏽', '👨‍👩‍👧‍👦', '🇺🇦', '🇩🇪', 'é', '각', 'क्षि', '❤️', '1️⃣', 'й', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'à̴̵', '\u200d', '\u0301', '가', 'ம்'];

/** The number of runs of a property: a tenth of it unless SIMPOST_TEST_FULL is set. */
export const runs = (full: number): number => (process.env.SIMPOST_TEST_FULL ? full : Math.ceil(full / 10));

/** Options for a property; on failure fast-check prints the seed. */
export const property = (full: number): { numRuns: number } => ({ numRuns: runs(full) });

const joined = (pieces: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...pieces), { maxLength, size: 'max' }).map((parts) => parts.join(''));

/** GSM 7-bit, mostly of one septet, with escapes and line ends of two characters. */
export const gsm7Text = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(joined([...BASIC, ...BASIC, ...EXTENSION, '\r\n'], maxLength), joined(EXTENSION, maxLength), joined(['a', '\r\n'], maxLength));

/** Texts that need UCS2: letters, emoji, clusters of all kinds. */
export const ucs2Text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      joined([...CYRILLIC, ' ', '\r\n'], maxLength),
      joined([...CYRILLIC, ...CLUSTERS, ...BASIC], maxLength),
      joined(CLUSTERS, maxLength),
      fc.string({ unit: 'grapheme', maxLength, size: 'max' }),
      fc.string({ unit: 'binary', maxLength, size: 'max' }),
    )
    .map((text) => `ж${text}`);

export const anyText = (maxLength: number): fc.Arbitrary<string> => fc.oneof(gsm7Text(maxLength), ucs2Text(maxLength));

/** A number as the API takes one, international or not. */
export const anyNumber: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^\+[0-9]{1,20}$/),
  fc.stringMatching(/^[0-9]{1,20}$/),
  fc.stringMatching(/^[0-9*#abc]{1,20}$/),
);

/** An instant and offset that a timestamp can say. */
export const anyMoment: fc.Arbitrary<{ epochMs: number; offsetMinutes: number }> = fc.record({
  epochMs: fc.integer({ min: Date.UTC(1990, 0, 2) / 1000, max: Date.UTC(2089, 11, 30) / 1000 }).map((s) => s * 1000),
  offsetMinutes: fc.integer({ min: -79, max: 79 }).map((quarters) => quarters * 15),
});
