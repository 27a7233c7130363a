/**
 * What a message is for. The order is the order of priority: a code goes before everything, an offer after everything.
 */
export const PURPOSES = ['otp', 'urgent', 'service', 'promotional'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** 0 for `otp` to 3 for `promotional`; the lower goes first. */
export function purposeRank(purpose: Purpose): number {
  return PURPOSES.indexOf(purpose);
}

/** The purpose of a rank; one that is none counts as the last, which may do least. */
export function purposeOf(rank: number): Purpose {
  return PURPOSES[rank] ?? 'promotional';
}
