import { parse } from 'smol-toml';
import type { Path } from './option.ts';

/**
 * Finds on which line of a TOML text each key stands, because the parser tells positions of syntax errors only. It
 * reads TOML that the parser has taken already, so it need not find mistakes: it walks over keys, strings and brackets
 * and counts the lines (TOML 1.0, and the line ends in inline tables of 1.1).
 */
export class Lines {
  readonly #lines = new Map<string, number>();

  constructor(toml: string) {
    new Walker(toml, (path, line) => {
      const key = JSON.stringify(path);
      if (!this.#lines.has(key)) this.#lines.set(key, line);
    }).walk();
  }

  /** The line, from 1, where the value at this path is written; undefined where the file does not write it. */
  of(path: Path): number | undefined {
    return this.#lines.get(JSON.stringify(path));
  }

  /** The same, or else that of the nearest table around it that is written. */
  around(path: Path): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const line = this.of(path.slice(0, length));
      if (line !== undefined) return line;
    }
    return undefined;
  }
}

class Walker {
  #at = 0;
  #line = 1;
  /** How many `[[tables]]` of each array came so far. */
  readonly #counts = new Map<string, number>();

  constructor(
    private readonly toml: string,
    private readonly note: (path: Path, line: number) => void,
  ) {}

  walk(): void {
    let table: Path = [];
    for (this.#skipBlank(); this.#at < this.toml.length; this.#skipBlank()) {
      if (this.#next('[[')) table = this.#header(true);
      else if (this.#next('[')) table = this.#header(false);
      else this.#pair(table);
    }
  }

  #header(array: boolean): Path {
    this.#skip(array ? 2 : 1);
    const line = this.#line;
    const keys = this.#key();
    this.#skip(array ? 2 : 1);
    const path: (string | number)[] = [];
    keys.forEach((key, i) => {
      path.push(key);
      this.note([...path], line);
      const name = JSON.stringify(path);
      const count = this.#counts.get(name);
      if (array && i === keys.length - 1) {
        this.#counts.set(name, (count ?? 0) + 1);
        path.push(count ?? 0);
        this.note([...path], line);
      } else if (count !== undefined) path.push(count - 1);
    });
    return path;
  }

  /** `a.b = value`: each table on the way is noted too. */
  #pair(table: Path): void {
    const line = this.#line;
    const keys = this.#key();
    keys.forEach((_, i) => {
      this.note([...table, ...keys.slice(0, i + 1)], line);
    });
    this.#skip(1); // the =
    this.#skipBlank();
    this.#value([...table, ...keys]);
  }

  #value(path: Path): void {
    const first = this.toml[this.#at];
    if (first === '"' || first === "'") this.#string();
    else if (first === '[') this.#array(path);
    else if (first === '{') this.#inlineTable(path);
    else while (this.#at < this.toml.length && !/[,\]}#\n]/.test(this.toml[this.#at] ?? '')) this.#skip(1);
  }

  #array(path: Path): void {
    this.#skip(1);
    for (let i = 0; this.#more(']'); i++) {
      this.note([...path, i], this.#line);
      this.#value([...path, i]);
    }
    this.#skip(1);
  }

  #inlineTable(path: Path): void {
    this.#skip(1);
    while (this.#more('}')) this.#pair(path);
    this.#skip(1);
  }

  /** Steps over blanks and commas; whether another element comes before the closing bracket. */
  #more(close: string): boolean {
    this.#skipBlank();
    while (this.#next(',')) {
      this.#skip(1);
      this.#skipBlank();
    }
    return this.#at < this.toml.length && !this.#next(close);
  }

  /** A dotted key; leaves the walker on what follows it: `=` or `]`. */
  #key(): string[] {
    const keys: string[] = [];
    for (;;) {
      this.#skipBlank();
      const start = this.#at;
      if (this.#next('"') || this.#next("'")) {
        this.#string();
        // Escapes in a quoted key are the parser's business.
        keys.push(...Object.keys(parse(`${this.toml.slice(start, this.#at)} = 0`)));
      } else {
        while (/[\w-]/.test(this.toml[this.#at] ?? '')) this.#skip(1);
        keys.push(this.toml.slice(start, this.#at));
      }
      this.#skipBlank();
      if (!this.#next('.')) return keys;
      this.#skip(1);
    }
  }

  #string(): void {
    const quote = this.toml[this.#at] ?? '';
    const fence = this.#next(quote.repeat(3)) ? quote.repeat(3) : quote;
    this.#skip(fence.length);
    while (this.#at < this.toml.length && !this.#next(fence)) this.#skip(quote === '"' && this.#next('\\') ? 2 : 1);
    this.#skip(fence.length);
    // A text in three quotes may itself end in one or two of them.
    if (fence.length === 3) while (this.#next(quote)) this.#skip(1);
  }

  #skipBlank(): void {
    for (; this.#at < this.toml.length; this.#skip(1)) {
      if (this.#next('#')) while (this.#at < this.toml.length && this.toml[this.#at] !== '\n') this.#skip(1);
      if (!/[ \t\r\n]/.test(this.toml[this.#at] ?? 'x')) return;
    }
  }

  #next(text: string): boolean {
    return this.toml.startsWith(text, this.#at);
  }

  #skip(count: number): void {
    for (const end = Math.min(this.#at + count, this.toml.length); this.#at < end; this.#at++) {
      if (this.toml[this.#at] === '\n') this.#line++;
    }
  }
}
