import { PURPOSES, type Purpose } from '../base/purpose.ts';
import type { Config } from '../config/options.ts';
import { countryPrefix } from '../policy/e164.ts';
import { Packages } from '../policy/packages.ts';
import { Routes } from '../policy/routes.ts';
import { Tariff } from '../policy/tariff.ts';
import type { SimPlans } from '../store/records/plan.ts';

type Sim = Config['sim'][number];

/** What the configuration says of SIMs, and of those that it does not name: purposes, caps, prices, packages, routes. */
export interface SimTerms {
  readonly routes: Routes;
  readonly tariff: Tariff;
  readonly packages: Packages;
  /** Of the numbers of the site's country, `+380`; empty where that is not known. */
  readonly homePrefix: string;
  /** What is written of a SIM, if anything. */
  sim(iccid: string | null): Sim | undefined;
  nameOf(iccid: string): string | null;
  /** How much of what any of several may carry is for it, beside the others. */
  weightOf(iccid: string): number;
  /** What may go through it; nothing where it is switched off. */
  purposesOf(iccid: string): readonly Purpose[];
  /** Its limits; null for those of one that nobody described. */
  limitsOf(iccid: string | null): Config['simDefaults'];
  /** Below which a balance is too low; 0 for never. */
  balanceBelow(iccid: string): number;
  /** @param boot what tells this start of the machine from others */
  plans(boot: string): SimPlans;
}

export function simTerms(config: Config): SimTerms {
  const routes = new Routes(config.sim);
  const tariff = new Tariff({ defaults: config.simDefaults.prices, sims: config.sim });
  const packages = new Packages(config.simDefaults, config.sim);
  const sim = (iccid: string | null): Sim | undefined => config.sim.find((one) => one.iccid === iccid);
  const purposesOf = (iccid: string): readonly Purpose[] => {
    const said = sim(iccid);
    return said?.enabled === false ? [] : PURPOSES.filter((purpose) => said?.purposes.includes(purpose) ?? true);
  };
  const limitsOf = (iccid: string | null): Config['simDefaults'] => ({ ...config.simDefaults, ...sim(iccid) });
  return {
    routes,
    tariff,
    packages,
    homePrefix: config.site.country === undefined ? '' : countryPrefix(config.site.country),
    sim,
    nameOf: (iccid) => sim(iccid)?.name ?? null,
    weightOf: (iccid) => sim(iccid)?.weight ?? 1,
    purposesOf,
    limitsOf,
    balanceBelow: (iccid) => sim(iccid)?.balanceBelow ?? 0,
    plans: (boot) => ({
      capsOf: limitsOf,
      purposesOf,
      priceOf: (iccid, recipient) => tariff.priceOf(iccid, recipient),
      carries: (iccid, number) => routes.carries(iccid, number),
      routeOf: (number) => routes.routeOf(number),
      prefers: (iccid, number) => routes.prefers(iccid, number),
      packageOf: (iccid) => packages.of(iccid),
      warmUpDays: (iccid) => limitsOf(iccid).warmUpDays,
      timeZone: config.site.timeZone,
      boot,
    }),
  };
}
