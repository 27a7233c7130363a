import texts from './data/error-texts.json' with { type: 'json' };

/**
 * How a command ended, as the modem said it: the final result codes of ITU-T V.250 5.7 and of TS 27.005 and 27.007.
 */
export type FinalResult =
  | { readonly kind: 'ok' }
  /** A bare ERROR, or one of the vendors' sentences for it: the modem says no and not why. */
  | { readonly kind: 'error' }
  | { readonly kind: 'cms'; readonly code: number }
  | { readonly kind: 'cme'; readonly code: number };

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('(u)sim', 'sim')
    .replaceAll(/[^a-z0-9]/g, '');

const folded = (table: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(table).map(([text, code]) => [fold(text), code]));

const TEXTS = { cms: folded(texts.cms), cme: folded(texts.cme) };

/** What a modem means by an error that it names in no way that we know (TS 27.005 3.2.5: 500; TS 27.007 9.2: 100). */
const UNNAMED = { cms: 500, cme: 100 };

/** Sentences that Huawei sticks say instead of ERROR. */
const SENTENCES: ReadonlySet<string> = new Set(['COMMAND NOT SUPPORT', 'TOO MANY PARAMETERS', 'NOT SUPPORT']);

/**
 * Reads a line as a final result code.
 * @param line without line end, trimmed
 * @returns undefined for every other line. `NO CARRIER`, `BUSY` and the like end calls, which Simpost never dials, so
 * they are not among the final results here.
 */
export function finalResult(line: string): FinalResult | undefined {
  if (line === 'OK') return { kind: 'ok' };
  if (line === 'ERROR' || SENTENCES.has(line)) return { kind: 'error' };
  // A `+` that got lost on the line, quotes around the number: some modems say it so.
  const named = /^\+?(CMS|CME) ERROR ?: ?(.*)$/.exec(line);
  if (!named) return undefined;
  const kind = named[1] === 'CMS' ? 'cms' : 'cme';
  const said = (named[2] ?? '').replaceAll('"', '').trim();
  if (/^\d{1,5}$/.test(said)) return { kind, code: Number(said) };
  return { kind, code: TEXTS[kind].get(fold(said)) ?? UNNAMED[kind] };
}

/**
 * The code of a result in the table of causes: `CMS-38`, `CME-30`.
 * @returns undefined for OK and for a bare ERROR, which have no code
 */
export function causeCode(result: FinalResult): string | undefined {
  switch (result.kind) {
    case 'cms':
      return `CMS-${result.code}`;
    case 'cme':
      return `CME-${result.code}`;
    case 'ok':
    case 'error':
      return undefined;
  }
}
