/**
 * What a command line says (ITU-T V.250 5.3, 5.4): after `AT`, basic commands (a letter, or `&` and a letter, with a
 * number) one after another, S-parameters, and extended commands (`+NAME`, and with `^`, `%`, `$`, `*` the
 * manufacturers' own) with `;` after each but the last.
 */
export interface AtCommand {
  /** Upper case: `E`, `&F`, `S0`, `D`, `+CMGS`. */
  readonly name: string;
  readonly form: 'run' | 'read' | 'test' | 'set';
  /** Parameters of `set`; the number of a basic command as the first; what is dialled. Undefined where left out. */
  readonly args: readonly (string | undefined)[];
}

const EXTENDED = /^[+^%$*#][A-Z][A-Z0-9!%\-./:_]*/i;
const S_PARAMETER = /^S(\d{1,3})(?:=(\d*)|(\?))/i;
const BASIC = /^(&?[A-Z])(\d*)/i;

/** Where the next `;` outside quotation marks is, or the end. */
function endOf(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (c === ';' && !quoted) return i;
  }
  return text.length;
}

/** `2,1,"a,b",,0` in its parts, quotation marks taken off, empty ones undefined. */
export function splitArgs(text: string): (string | undefined)[] {
  const args: (string | undefined)[] = [];
  let part = '';
  let quoted = false;
  let wasQuoted = false;
  const push = (): void => {
    args.push(part === '' && !wasQuoted ? undefined : part);
    part = '';
    wasQuoted = false;
  };
  for (const c of text) {
    if (c === '"') {
      quoted = !quoted;
      wasQuoted = true;
    } else if (c === ',' && !quoted) push();
    else if (quoted || c !== ' ') part += c;
  }
  push();
  return args;
}

function extended(name: string, rest: string): AtCommand | undefined {
  if (rest === '') return { name, form: 'run', args: [] };
  if (rest === '?') return { name, form: 'read', args: [] };
  if (rest === '=?') return { name, form: 'test', args: [] };
  if (rest.startsWith('=')) return { name, form: 'set', args: splitArgs(rest.slice(1)) };
  return undefined;
}

/**
 * The commands of a line, in order.
 * @param body what follows `AT`, without the CR
 * @returns undefined for a line that is not well formed
 */
export function parseLine(body: string): AtCommand[] | undefined {
  const commands: AtCommand[] = [];
  let rest = body.trim();
  while (rest !== '') {
    if (rest[0] === ';' || rest[0] === ' ') {
      rest = rest.slice(1);
      continue;
    }
    const long = EXTENDED.exec(rest);
    if (long) {
      const end = endOf(rest);
      const command = extended(long[0].toUpperCase(), rest.slice(long[0].length, end).trim());
      if (!command) return undefined;
      commands.push(command);
      rest = rest.slice(end + 1);
      continue;
    }
    const s = S_PARAMETER.exec(rest);
    if (s) {
      commands.push({ name: `S${Number(s[1])}`, form: s[3] ? 'read' : 'set', args: s[3] ? [] : [s[2]] });
      rest = rest.slice(s[0].length);
      continue;
    }
    const basic = BASIC.exec(rest);
    if (!basic) return undefined;
    const name = (basic[1] ?? '').toUpperCase();
    if (name === 'D') {
      // A dial string takes the rest of the line (V.250 6.3.1); a `;` at its end asks for a voice call.
      commands.push({ name, form: 'run', args: [rest.slice(1).trim()] });
      return commands;
    }
    commands.push({ name, form: 'run', args: basic[2] ? [basic[2]] : [] });
    rest = rest.slice(basic[0].length);
  }
  return commands;
}

/** A text without characters below space, and without DEL. */
export function withoutControls(text: string): string {
  let kept = '';
  for (const c of text) if (c >= ' ' && c !== '\x7f') kept += c;
  return kept;
}
