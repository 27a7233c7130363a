interface SimRoutes {
  readonly iccid: string;
  /** How the numbers begin that it may carry; all where there is none. */
  readonly prefixes: readonly string[];
  /** And those that it is preferred for. */
  readonly preferredPrefixes: readonly string[];
}

/** Which SIM may carry which numbers, and which it is preferred for: numbers of its own operator, a country of its own. */
export class Routes {
  readonly #sims: ReadonlyMap<string, SimRoutes>;
  /** Longest first. */
  readonly #prefixes: readonly string[];

  constructor(sims: readonly SimRoutes[]) {
    this.#sims = new Map(sims.map((sim) => [sim.iccid, sim]));
    this.#prefixes = [...new Set(sims.flatMap(({ prefixes }) => prefixes))].sort((a, b) => b.length - a.length);
  }

  /**
   * The route of a number: the longest beginning that some SIM names, or an empty text where none does. All numbers of a route
   * may be carried by the same SIMs, since shorter beginnings that fit one of them fit all. Null where every SIM may carry all.
   */
  routeOf(number: string): string | null {
    if (this.#prefixes.length === 0) return null;
    return this.#prefixes.find((prefix) => number.startsWith(prefix)) ?? '';
  }

  /** @param number E.164, or a route */
  carries(iccid: string, number: string): boolean {
    const prefixes = this.#sims.get(iccid)?.prefixes ?? [];
    return prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix));
  }

  prefers(iccid: string, number: string): boolean {
    return this.#sims.get(iccid)?.preferredPrefixes.some((prefix) => number.startsWith(prefix)) ?? false;
  }
}
