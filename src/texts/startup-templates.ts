import data from './data/templates.json' with { type: 'json' };

/** The texts that a new site begins with, by name and then by language. A site's own stand over them. */
export const STARTUP_TEMPLATES: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(Object.entries(data));
