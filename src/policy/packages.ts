interface PackageRules {
  readonly package: number;
  readonly packagePrefixes: readonly string[];
}

interface SimPackageRules {
  readonly iccid: string;
  readonly package?: number;
  readonly packagePrefixes: readonly string[];
}

interface Package {
  readonly size: number;
  covers(number: string): boolean;
}

/** Segments that are paid with the plans of SIMs, as they are configured. */
export class Packages {
  readonly #defaults: Package | null;
  readonly #own: ReadonlyMap<string, Package | null>;

  constructor(defaults: PackageRules, sims: readonly SimPackageRules[]) {
    this.#defaults = packageOf(defaults.package, defaults.packagePrefixes);
    this.#own = new Map(
      sims.map((sim) => {
        const prefixes = sim.packagePrefixes.length > 0 ? sim.packagePrefixes : defaults.packagePrefixes;
        return [sim.iccid, packageOf(sim.package ?? defaults.package, prefixes)];
      }),
    );
  }

  of(iccid: string): Package | null {
    const own = this.#own.get(iccid);
    return own === undefined ? this.#defaults : own;
  }
}

function packageOf(size: number, prefixes: readonly string[]): Package | null {
  if (size === 0) return null;
  return { size, covers: (number) => prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix)) };
}
