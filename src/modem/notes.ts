/** What is wrong with a modem although it may be of use: each code stands for one sentence. */
export const MODEM_NOTES = [
  'sharedImei',
  'otherProgram',
  'simBusy',
  'notAnnounced',
  'noReports',
  'notDeleted',
  'storageFilling',
  'segmentsRefused',
] as const;

export interface ModemNote {
  readonly code: (typeof MODEM_NOTES)[number];
  /** In English. */
  readonly sentence: string;
  /** Of messages or segments, or percent of a storage. */
  readonly count: number | null;
  /** Which program, or why, as a cause such as `CMS-50`. */
  readonly detail: string | null;
}

/** @param of what the sentence counts or names, where it does */
export function modemNote(code: ModemNote['code'], sentence: string, of: { count?: number; detail?: string } = {}): ModemNote {
  return { code, sentence, count: of.count ?? null, detail: of.detail ?? null };
}
