import { localDays, localHours } from '../base/local-day.ts';
import { purposeOf } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { CostFilter, CostGroup, CostSum } from './records/cost.ts';

/** A day and an hour begin at a quarter of an hour in every time zone, so that these can be summed before they are told apart. */
const QUARTER_HOUR = 900_000;

/** TP-MRs that are read at once: some milliseconds for a year of a busy SIM. */
const AT_ONCE = 16;

interface Row extends Omit<CostSum, 'group'> {
  readonly group: string | number;
}

const GROUPS: Readonly<Record<CostGroup, string>> = {
  purpose: 'm.rank',
  sim: 'a.iccid',
  key: 'm.key_id',
  day: `a.at / ${QUARTER_HOUR}`,
  hour: `a.at / ${QUARTER_HOUR}`,
};

/** What was spent, from the attempts themselves: there is no second book that could say something else. */
export class Costs {
  readonly #sql;

  constructor(reader: Db) {
    const sums = (group: CostGroup) =>
      reader.prepare<[string, number | null, number, number], Row>(
        // Through the index of TP-MRs, each SIM's 256 and none: an index by time would be written with each segment.
        `SELECT ${GROUPS[group]} AS "group", a.currency, sum(a.outcome = 'sent') AS segments,
           sum(iif(a.outcome = 'sent', coalesce(a.price, 0), 0)) AS micros, sum(a.outcome <> 'sent') AS doubtfulSegments,
           sum(iif(a.outcome = 'sent', 0, coalesce(a.price, 0))) AS doubtfulMicros
         FROM attempts a INDEXED BY attempts_mr ${group === 'purpose' || group === 'key' ? 'JOIN messages m ON m.seq = a.id / 1048576' : ''}
         WHERE a.iccid = ? AND a.mr IS ? AND a.at >= ? AND a.at < ? AND a.outcome IN ('sent', 'uncertain', 'resent', 'failed')
         GROUP BY 1, 2`,
      );
    this.#sql = {
      sims: reader.prepare<[], string>('SELECT iccid FROM sims ORDER BY iccid').pluck(),
      purpose: sums('purpose'),
      sim: sums('sim'),
      key: sums('key'),
      day: sums('day'),
      hour: sums('hour'),
    };
  }

  /** @param rest awaited between parts, so that others have a turn */
  async of({ from, to, groupBy, timeZone }: CostFilter, rest: () => Promise<void>): Promise<CostSum[]> {
    const nameOf = names(groupBy, timeZone);
    const totals = new Map<string, CostSum>();
    for (const iccid of this.#sql.sims.all()) {
      for (let mr = -1; mr < 256; mr += 1) {
        if ((mr + 1) % AT_ONCE === 0) await rest();
        for (const row of this.#sql[groupBy].all(iccid, mr < 0 ? null : mr, from, to)) {
          const group = nameOf(row.group);
          const name = `${group} ${row.currency}`;
          totals.set(name, plus(totals.get(name), { ...row, group }));
        }
      }
    }
    return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  }
}

/** What a group is called, from what the rows have. */
function names(groupBy: CostGroup, timeZone: string): (group: string | number) => string {
  if (groupBy === 'purpose') return (group) => purposeOf(Number(group));
  if (groupBy !== 'day' && groupBy !== 'hour') return String;
  const name = groupBy === 'day' ? localDays(timeZone) : localHours(timeZone);
  return (group) => name(Number(group) * QUARTER_HOUR);
}

function plus(a: CostSum | undefined, b: CostSum): CostSum {
  if (!a) return b;
  return {
    ...a,
    segments: a.segments + b.segments,
    micros: a.micros + b.micros,
    doubtfulSegments: a.doubtfulSegments + b.doubtfulSegments,
    doubtfulMicros: a.doubtfulMicros + b.doubtfulMicros,
  };
}
