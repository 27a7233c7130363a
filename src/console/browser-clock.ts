/** Time as the browser has it. Everything in the console that waits or tells the time asks here. */

/** Milliseconds since 1970. */
export const now = (): number => Date.now();

/** Calls `fn` once after `ms`. @returns what ends the wait */
export function after(ms: number, fn: () => void): () => void {
  const handle = setTimeout(fn, ms);
  return () => clearTimeout(handle);
}

/** Calls `fn` each `ms`. @returns what ends it */
export function every(ms: number, fn: () => void): () => void {
  const handle = setInterval(fn, ms);
  return () => clearInterval(handle);
}
