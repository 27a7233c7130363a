/** What another gateway has, as it is taken over. Pure: who reads the files hands them in. */

export interface MovedModem {
  readonly port: string;
  readonly baudRate: number | null;
  readonly pin: string | null;
}

/** A message that waits there. */
export interface MovedMessage {
  /** What it is called there: taken over twice, it is sent once. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly flash: boolean;
}

export interface MovedText {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

export interface Moved {
  readonly modems: readonly MovedModem[];
  readonly waiting: readonly MovedMessage[];
  readonly inbox: readonly MovedText[];
  /** What could not be taken over, one sentence each. */
  readonly left: readonly string[];
}

export interface Folder {
  /** Names of the files of a folder, sorted; none where there is no such folder. */
  names(path: string): readonly string[];
  read(path: string): Buffer;
}

/** Octets as text: UTF-16 where they begin with its mark, else UTF-8, else Latin-1. */
export function decoded(octets: Buffer): string {
  if (octets.length >= 2 && octets[0] === 0xff && octets[1] === 0xfe) return octets.subarray(2).toString('utf16le');
  if (octets.length >= 2 && octets[0] === 0xfe && octets[1] === 0xff) return utf16be(octets.subarray(2));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return octets.toString('latin1');
  }
}

/** UCS2 as the networks have it (TS 23.038 6.2.3). */
export function utf16be(octets: Buffer): string {
  return Buffer.from(octets.subarray(0, octets.length - (octets.length % 2)))
    .swap16()
    .toString('utf16le');
}

/** Both write international numbers without a plus. */
export function withPlus(number: string): string {
  return /^[1-9]\d{9,14}$/.test(number) ? `+${number}` : number;
}

/** `name = value` below `[section]`, as both have it; names in small letters, the first section is ''. */
export function sectionsOf(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>([['', new Map()]]);
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const [, named] = /^\s*\[([^\]]+)\]/.exec(line) ?? [];
    if (named !== undefined) {
      section = named.trim();
      if (!sections.has(section)) sections.set(section, new Map());
      continue;
    }
    const [, name, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) sections.get(section)?.set(name.toLowerCase(), value.replace(/^"(.*)"$/, '$1'));
  }
  return sections;
}
