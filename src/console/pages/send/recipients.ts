/** The numbers that somebody wrote or pasted, each once: by lines, commas, semicolons or tabs. Blanks may stand inside a number. */
export function recipientsIn(written: string): string[] {
  const numbers = written
    .split(/[\n\r,;\t]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const seen = new Set<string>();
  return numbers.filter((number) => {
    const digits = number.replace(/[\s()-]/g, '');
    if (seen.has(digits)) return false;
    seen.add(digits);
    return true;
  });
}
