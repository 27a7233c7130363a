/** Keys of udev(7) that our rules use, and what may be done with each: matched, or set. */
const KEYS: Readonly<Record<string, RegExp>> = {
  ACTION: /^[!=]=$/,
  KERNEL: /^[!=]=$/,
  DRIVER: /^[!=]=$/,
  SUBSYSTEM: /^[!=]=$/,
  SUBSYSTEMS: /^[!=]=$/,
  ATTR: /^(?:[!=]=|=)$/,
  ATTRS: /^[!=]=$/,
  ENV: /^(?:[!=]=|=)$/,
  IMPORT: /^=$/,
  GROUP: /^=$/,
  MODE: /^=$/,
  SYMLINK: /^\+=$/,
  GOTO: /^=$/,
  LABEL: /^=$/,
};
const NAMED = new Set(['ATTR', 'ATTRS', 'ENV', 'IMPORT']);

interface Token {
  readonly key: string;
  /** What stands in braces. */
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

/** A line of a rules file; of a comment nothing. @throws with the part that udev would not understand, silently */
export function readRule(line: string): readonly Token[] {
  if (line.trim() === '' || line.startsWith('#')) return [];
  return line.split(/,\s*(?=[A-Z]+(?:\{|[!=+]))/).map((part) => {
    const match = /^([A-Z]+)(?:\{([\w.]+)\})?(==|!=|\+=|=)"([^"]*)"$/.exec(part.trim());
    const [, key = '', name, operator = '', value = ''] = match ?? [];
    if (!KEYS[key]?.test(operator) || NAMED.has(key) !== (name !== undefined)) throw new Error(part);
    return { key, name: name ?? '', operator, value };
  });
}

/** A device of which the kernel tells udev, as far as our rules look at it. */
export interface UdevEvent {
  readonly action: string;
  readonly subsystem: string;
  readonly kernel: string;
  readonly driver: string;
  /** Files of the device in sysfs. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Those of it and of the devices that it hangs on. */
  readonly above: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  /** Properties that the device above was given before. */
  readonly parent: Readonly<Record<string, string>>;
}

/** What is written into files of the device in sysfs by rules, as udev(7) says that they are followed. */
export function followRules(lines: readonly string[], event: UdevEvent): Record<string, string> {
  const rules = lines.map(readRule);
  const properties: Record<string, string> = { ...event.properties };
  const written: Record<string, string> = {};
  const actual = ({ key, name }: Token): string | undefined => {
    if (key === 'ATTR') return event.attributes[name];
    if (key === 'ATTRS') return event.above[name];
    if (key === 'ENV') return properties[name] ?? '';
    return { ACTION: event.action, KERNEL: event.kernel, DRIVER: event.driver, SUBSYSTEM: event.subsystem, SUBSYSTEMS: event.subsystem }[
      key
    ];
  };
  const holds = (token: Token): boolean => {
    const { key, name, operator, value } = token;
    if (key === 'IMPORT') {
      const found = event.parent[value];
      if (found !== undefined) properties[value] = found;
      return name === 'parent' && found !== undefined;
    }
    const text = actual(token);
    // A file that is not there neither is nor is not.
    return text !== undefined && value.split('|').some((pattern) => pathMatch(pattern).test(text)) === (operator === '==');
  };
  for (let at = 0; at < rules.length; at += 1) {
    const rule = rules[at] ?? [];
    const isMatch = (token: Token): boolean => token.operator.length === 2 && token.operator !== '+=';
    if (!rule.every((token) => (isMatch(token) || token.key === 'IMPORT' ? holds(token) : true))) continue;
    for (const { key, name, value } of rule.filter((token) => !isMatch(token))) {
      if (key === 'ENV') properties[name] = value;
      if (key === 'ATTR') written[name] = value;
      if (key === 'GOTO') at = rules.findIndex(([first]) => first?.key === 'LABEL' && first.value === value);
    }
  }
  return written;
}

/** A pattern of fnmatch(3). */
const pathMatch = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  );
