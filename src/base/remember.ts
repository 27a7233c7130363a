/**
 * A pure function that remembers its last answers: the same client and the same text come again and again.
 * @param most answers that are kept, the newest
 * @param answer must depend on its key alone; what it throws is not remembered
 */
export function remember<T>(most: number, answer: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const fresh = answer(key);
    if (known.size >= most) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    known.set(key, fresh);
    return fresh;
  };
}
