const BETWEEN = /[\n\r,;\t]+/;

/**
 * The numbers that somebody wrote or pasted, each once: by lines, commas, semicolons or tabs. Blanks may stand inside a number,
 * and a name before it: `Name <number>`.
 */
export function recipientsIn(written: string): string[] {
  const numbers = written
    .split(BETWEEN)
    .map((part) => (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim())
    .filter((part) => part !== '');
  const seen = new Set<string>();
  return numbers.filter((number) => {
    const digits = number.replace(/[\s()-]/g, '');
    if (seen.has(digits)) return false;
    seen.add(digits);
    return true;
  });
}

/** What is written last, where it is a name and no number yet. */
export function nameIn(written: string): string | undefined {
  const last = written.split(BETWEEN).at(-1)?.trim() ?? '';
  return /^[^<>]*\p{L}[^<>]*$/u.test(last) ? last : undefined;
}

/** The same with the client in the place of the name that is written last. */
export function withClient(written: string, { name, number }: { name: string; number: string }): string {
  const sought = nameIn(written) ?? '';
  return `${written.trimEnd().slice(0, -sought.length || undefined)}${name.replace(/[\s,;<>]+/g, ' ').trim()} <${number}>\n`;
}
