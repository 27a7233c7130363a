/**
 * A pure function that remembers its last answers: the same client and the same text come again and again.
 * @param most answers that are kept, the newest
 * @param keyOf tells apart what is asked
 * @param answer what it throws is not remembered
 */
export function remember<Asked extends readonly unknown[], T>(
  most: number,
  keyOf: (...asked: Asked) => string,
  answer: (...asked: Asked) => T,
): (...asked: Asked) => T {
  const known = new Map<string, T>();
  return (...asked) => {
    const key = keyOf(...asked);
    const before = known.get(key);
    if (before !== undefined) return before;
    const fresh = answer(...asked);
    if (known.size >= most) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    known.set(key, fresh);
    return fresh;
  };
}

/** The same of what is given as the same object again and again; forgotten with it. @param answer of it, which must never change */
export function rememberOf<Asked extends object, T>(answer: (asked: Asked) => T): (asked: Asked) => T {
  const known = new WeakMap<Asked, T>();
  return (asked) => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    const fresh = answer(asked);
    known.set(asked, fresh);
    return fresh;
  };
}

/**
 * The same of what comes in runs: the last answer is kept for as long as all fields of what is asked are the same.
 * @param answer of nothing but those fields, of which each that is asked has all
 */
export function rememberLast<Asked extends object, T>(answer: (asked: Asked) => T): (asked: Asked) => T {
  let last: { readonly asked: Asked; readonly answer: T } | undefined;
  return (asked) => {
    if (last === undefined || !haveSameFields(last.asked, asked)) last = { asked, answer: answer(asked) };
    return last.answer;
  };
}

function haveSameFields<T extends object>(a: T, b: T): boolean {
  for (const name in a) if (a[name] !== b[name]) return false;
  return true;
}
