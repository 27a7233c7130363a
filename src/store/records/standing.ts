/** How SIMs stand with their operators. */

/** `barred`: nothing goes through it; `silent`: reports ceased to come. */
export type Standing = 'well' | 'barred' | 'silent';

/** The event of each change to it. */
export const STANDING_EVENTS = { well: 'sim.restored', barred: 'sim.barred', silent: 'sim.silent' } as const satisfies Record<
  Standing,
  string
>;

/** A change of it. */
export interface SimStanding {
  readonly iccid: string;
  readonly at: number;
  readonly standing: Standing;
  /** Of the last segment that did not go out, where it is barred. */
  readonly cause: string | null;
}

/** Segments through a SIM that the network took, and of how many a report said how they ended. */
export interface SimReports {
  readonly iccid: string;
  readonly asked: number;
  readonly reported: number;
}
