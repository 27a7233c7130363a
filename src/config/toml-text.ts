/** A value as TOML writes it. */
export function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (typeof value === 'string') return tomlString(value);
  return String(value);
}

/** A basic string (TOML 1.0): JSON's escapes are among TOML's, but U+007F must be escaped too. */
function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

/** Text as comment lines of at most `width` characters; the line ends in it stay. */
export function comment(text: string, width = 100): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '#';
    for (const word of paragraph.split(' ')) {
      if (line.length > 1 && line.length + 1 + word.length > width) {
        lines.push(line);
        line = '#';
      }
      line += word === '' ? '' : ` ${word}`;
    }
    return [...lines, line];
  });
}
