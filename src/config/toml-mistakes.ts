/**
 * What is wrong with a line that is no TOML, in the words of somebody who has never heard of TOML. It looks at the text
 * rather than at the parser's message, and knows the slips that people make; of the line it repeats only names, since a
 * value may be a secret.
 *
 * @param text the whole file
 * @param line where the parser stopped, from 1
 * @returns the end of the sentence `line 2: …`, or undefined where it is none of the slips that are known here
 */
export function slipIn(text: string, line: number): string | undefined {
  const lines = text.split(/\r?\n/).slice(0, line);
  const written = (lines.at(-1) ?? '').trim();
  if (written.startsWith('{')) return 'this looks like JSON; here a table begins with [site] and a line reads name = "value"';
  if (/[“”„«»‘’]/.test(bare(written))) return 'these quotes are curly or angled: write straight ones, such as name = "Клініка"';
  return written.startsWith('[') ? headerSlip(written, lines.slice(0, -1)) : pairSlip(written, lines.slice(0, -1));
}

/** The line without what stands in straight quotes, and without a comment behind it. */
function bare(line: string): string {
  return line.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""').replace(/#.*$/, '');
}

const HEADER = /^(\[\[?)\s*([\w.-]+)\s*(\]\]?)\s*(?:#.*)?$/;

function headerSlip(written: string, before: readonly string[]): string | undefined {
  const header = HEADER.exec(written);
  if (!header || header[1]?.length !== header[3]?.length) {
    return 'a heading stands in brackets on a line of its own, such as [site] or [[modem]]';
  }
  const name = header[2] ?? '';
  const earlier = before.map((line) => HEADER.exec(line.trim())).findLast((match) => match?.[2] === name);
  if (earlier?.[1] === '[[' || header[1] === '[[') return `[${name}] and [[${name}]] are mixed: write [[${name}]] each time`;
  return `[${name}] is there already: put all its lines below the first one`;
}

function pairSlip(written: string, before: readonly string[]): string | undefined {
  const pair = /^([\w.-]+|"[^"]*")\s*([=:]?)\s*(.*)$/.exec(written);
  if (!pair) return undefined;
  const [, key = '', sign = '', value = ''] = pair;
  if (sign === ':') return `a line reads ${key} = "value", with = and not with a colon`;
  if (sign === '') return `an = and a value are missing: ${key} = "value"`;
  return valueSlip(key, value) ?? (isTwice(key, before) ? `${key} is written twice in this table: take one of the two away` : undefined);
}

function valueSlip(key: string, value: string): string | undefined {
  const rest = bare(value).trim();
  if (rest === '') return `there is no value after ${key} =; take the line away, or give it one`;
  if (rest.startsWith('"') && rest.includes('"', 1) && /^""\s*[\w-]+\s*=/.test(rest)) return 'each option stands on a line of its own';
  if ((rest.split('"').length - 1) % 2 === 1 || (rest.split("'").length - 1) % 2 === 1)
    return 'a quote is opened and not closed on this line';
  if (/^"(?:[^"\\]|\\.)*"/.test(value) && /\\[^btnfre"\\uUx]|\\[uUx]/.test(value)) {
    return "a backslash in double quotes begins a special character: write it twice, or use single quotes: 'C:\\folder'";
  }
  if (/^(yes|on|true)$/i.test(rest)) return `write ${key} = true, in small letters and without quotes`;
  if (/^(no|off|false)$/i.test(rest)) return `write ${key} = false, in small letters and without quotes`;
  return /^["'[{]/.test(rest) ? undefined : `a text stands in quotes: ${key} = "value"`;
}

/** Whether the key stands in the same table already. */
function isTwice(key: string, before: readonly string[]): boolean {
  const from = before.findLastIndex((line) => HEADER.test(line.trim()));
  return before.slice(from + 1).some((line) => line.trim().replace(/\s*=.*$/, '') === key);
}
