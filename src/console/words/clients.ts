import type { Occasion } from '../../http/schemas/occasion.ts';

/** What whoever an occasion is with is called: as it was told, else as contacts have it. */
export const clientName = ({ contact, name }: Pick<Occasion, 'contact' | 'name'>): string | null => contact.name ?? name;
