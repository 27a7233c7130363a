/** Octets of a file in which its row of headings stands. */
const BEGINNING = 65_536;

const SEPARATORS = [',', ';', '\t', '|'];

/**
 * The headings of a CSV, to be shown while somebody says what its columns hold; the box reads the file itself. In UTF-8, or else in
 * Windows-1251, with the separator that makes the most cells.
 */
export async function headingsOf(file: Blob): Promise<string[]> {
  const octets = await file.slice(0, BEGINNING).arrayBuffer();
  const text = decoded(octets).replace(/^[\s\uFEFF]+/, '');
  const read = SEPARATORS.map((separator) => firstRow(text, separator)).sort((a, b) => b.length - a.length);
  return (read[0] ?? []).filter((heading) => heading !== '');
}

function decoded(octets: ArrayBuffer): string {
  // A character may be cut in two at the end: with `stream` that is no fault.
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets, { stream: true });
  } catch {
    return new TextDecoder('windows-1251').decode(octets);
  }
}

/** The cells of the first row, with or without quotation marks. */
function firstRow(text: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted && character === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (!isQuoted && character === separator) {
      cells.push(cell.trim());
      cell = '';
    } else if (!isQuoted && (character === '\n' || character === '\r')) break;
    else cell += character;
  }
  return [...cells, cell.trim()];
}
