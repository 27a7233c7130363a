/** A stretch of time: from its first instant to the first one after it, milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is in both lists. In a list each begins after the one before has ended. */
export function inBoth(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const both: Stretch[] = [];
  for (let i = 0, j = 0; ; ) {
    const one = a[i];
    const other = b[j];
    if (!one || !other) return both;
    const from = Math.max(one.from, other.from);
    const to = Math.min(one.to, other.to);
    if (from < to) both.push({ from, to });
    if (one.to < other.to) i += 1;
    else j += 1;
  }
}

/** Adds a stretch behind the others, unless there is nothing in it; one that begins where the last ends makes that longer. */
export function append(stretches: Stretch[], { from, to }: Stretch): void {
  if (from >= to) return;
  const last = stretches.at(-1);
  if (last?.to === from) stretches[stretches.length - 1] = { from: last.from, to };
  else stretches.push({ from, to });
}
