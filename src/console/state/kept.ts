/** A choice that this browser keeps. Where it keeps nothing (a private window), a choice lasts as long as the page. */
export function kept(name: string): { read(): string | null; write(value: string): void } {
  const key = `simpost.${name}`;
  return {
    read: () => attempt(() => globalThis.localStorage.getItem(key)),
    write: (value) => void attempt(() => globalThis.localStorage.setItem(key, value)),
  };
}

function attempt<T>(what: () => T): T | null {
  try {
    return what();
  } catch {
    return null;
  }
}
