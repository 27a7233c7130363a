import { signal } from '@preact/signals';

/** How much on a page waits for somebody, by page; shown in the menu. */
export const badges = signal<Readonly<Record<string, number>>>({});

export function setBadge(page: string, count: number): void {
  if (badges.value[page] !== count) badges.value = { ...badges.value, [page]: count };
}
