/** A segment for which a report was asked, which is always, and when one came; milliseconds of the monotonic clock. */
export interface Asked {
  readonly mr: number;
  readonly at: number;
  readonly reportedAt: number | null;
}

/** Segments of the last week through a SIM that the network took, and how many of them were reported on. */
export interface Week {
  readonly asked: number;
  readonly reported: number;
}

/** The figures of requirement M09: so few of so many, where more than this is usual. */
const WINDOW = 30;
const FEW = 0.2;
const USUAL = 0.6;

/** A week with fewer segments says nothing of what is usual. */
const LEAST_WEEK = 50;

/** Milliseconds that a report may take: what nine of ten took of late, within bounds. */
const PATIENCE = { least: 15_000, most: 600_000 };

/** So many of them are remembered: the window, and those that are too new to be missed. */
export const REMEMBERED = 3 * WINDOW;

/**
 * Whether an operator seems to bar a SIM in silence: it says OK to each segment, and nothing arrives (requirement M09).
 * @param asked the last segments, oldest first
 * @param now milliseconds of the monotonic clock
 */
export function isSilent(asked: readonly Asked[], week: Week, now: number): boolean {
  if (week.asked < LEAST_WEEK || week.reported <= USUAL * week.asked) return false;
  const window = judged(asked, now).slice(-WINDOW);
  return window.length === WINDOW && reported(window) < FEW * WINDOW;
}

/** Whether reports come again as is usual, of the newest third of the window. */
export function reportsAgain(asked: readonly Asked[], now: number): boolean {
  const window = judged(asked, now).slice(-WINDOW / 3);
  return window.length === WINDOW / 3 && reported(window) > USUAL * window.length;
}

const reported = (asked: readonly Asked[]): number => asked.filter((one) => one.reportedAt !== null).length;

/** Those whose report has come or might have. */
function judged(asked: readonly Asked[], now: number): readonly Asked[] {
  const took = asked.flatMap(({ at, reportedAt }) => (reportedAt === null ? [] : [reportedAt - at])).sort((a, b) => a - b);
  const usual = took[Math.floor(took.length * 0.9)] ?? 0;
  const patience = Math.min(PATIENCE.most, Math.max(PATIENCE.least, usual));
  return asked.filter(({ at, reportedAt }) => reportedAt !== null || now - at >= patience);
}
