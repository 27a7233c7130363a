import { Fault } from '../base/fault.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (names: readonly string[]): string => names.join(', ');

/**
 * The fields of one JSON object from outside, taken one by one and checked. Each refusal is one sentence that names the
 * field and says what it should be; `done` refuses what nobody took, so that a slip of the pen is never ignored.
 */
export class Fields {
  readonly #fields: Record<string, unknown>;
  readonly #asked: string[] = [];

  /**
   * @param value what came
   * @param what the object's name in sentences, such as `a call`
   */
  constructor(
    value: unknown,
    private readonly what: string,
  ) {
    if (!isRecord(value)) throw new Fault('requestInvalid', `${capital(what)} must be a JSON object.`);
    this.#fields = value;
  }

  #take(name: string): unknown {
    this.#asked.push(name);
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  #refuse(name: string, must: string): Fault {
    return new Fault('requestInvalid', `The field "${name}" of ${this.what} must be ${must}.`, [
      { pointer: `/${name}`, detail: `must be ${must}` },
    ]);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  optionalText(name: string): string | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.#refuse(name, 'a text');
    return value;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw this.#refuse(name, 'given, as a text');
    return value;
  }

  optionalNumber(name: string, min: number, max: number): number | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw this.#refuse(name, `a whole number from ${min} to ${max}`);
    }
    return value;
  }

  number(name: string, min: number, max: number): number {
    const value = this.optionalNumber(name, min, max);
    if (value === undefined) throw this.#refuse(name, `given, as a whole number from ${min} to ${max}`);
    return value;
  }

  /** A share from 0 to 1. */
  optionalShare(name: string): number | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw this.#refuse(name, 'a number from 0 to 1');
    return value;
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'boolean') throw this.#refuse(name, 'true or false');
    return value;
  }

  /** A text, or a number that is made one: modems may be named or counted. */
  optionalName(name: string): string | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value)) return String(value);
    if (typeof value !== 'string' || value === '') throw this.#refuse(name, 'a name or a number');
    return value;
  }

  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw this.#refuse(name, `one of ${list(choices)}`);
    return found;
  }

  choice<T extends string>(name: string, choices: readonly T[]): T {
    const found = this.optionalChoice(name, choices);
    if (found === undefined) throw this.#refuse(name, `given, as one of ${list(choices)}`);
    return found;
  }

  optionalTexts(name: string): string[] | undefined {
    const values = this.optionalList(name);
    if (values === undefined) return undefined;
    return values.map((value) => {
      if (typeof value !== 'string') throw this.#refuse(name, 'a list of texts');
      return value;
    });
  }

  optionalList(name: string): unknown[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw this.#refuse(name, 'a list');
    return value;
  }

  /** A field that takes a whole number or one certain word. */
  optionalNumberOr<T extends string>(name: string, min: number, max: number, word: T): number | T | undefined {
    if (this.#fields[name] !== word) return this.optionalNumber(name, min, max);
    this.#asked.push(name);
    return word;
  }

  /** Whether the field is there and null, which some fields take as "none". */
  isNull(name: string): boolean {
    if (this.#fields[name] !== null) return false;
    this.#asked.push(name);
    return true;
  }

  /** To be called when all fields were taken: refuses any other. */
  done(): void {
    const stranger = Object.keys(this.#fields).find((name) => !this.#asked.includes(name));
    if (stranger === undefined) return;
    throw new Fault('requestInvalid', `There is no field "${stranger}" in ${this.what}: there are ${list(this.#asked)}.`, [
      { pointer: `/${stranger}`, detail: 'is not a field' },
    ]);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
