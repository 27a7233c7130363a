/**
 * Every screen of the console that is deeper than its menu: a page, and the path after it. What begins with a colon is named by whoever
 * goes there. A screen that is not here makes test/console/screens.test.ts fail.
 */
export const DEEPER_SCREENS = [
  'today/calls',
  'today/tasks',
  'conversations/:number',
  'visits/of/:visit',
  'contacts/new',
  'contacts/import',
  'contacts/resources',
  'contacts/of/:contact',
  'contacts/of/:contact/edit',
  'templates/new',
  'templates/of/:template',
  'campaigns/new',
  'campaigns/segments',
  'campaigns/of/:campaign',
  'dialogues/kinds',
  'dialogues/of/:dialogue',
  'consent/poster',
  'consent/posters',
  'consent/of/:number',
  'queue/:message',
  'settings/business',
  'settings/hours',
  'settings/limits',
  'settings/rules',
  'settings/people',
  'settings/keys',
  'settings/webhooks',
  'settings/webhooks/:webhook',
  'settings/backups',
  'settings/audit',
] as const;

type Named = 'number' | 'visit' | 'contact' | 'template' | 'campaign' | 'dialogue' | 'message' | 'webhook';

/** Their addresses, with what is shown on each. A screen for which nothing is named is left out. */
export function deeperScreens(names: Readonly<Partial<Record<Named, string>>>): string[] {
  const given = new Map<string, string>(Object.entries(names));
  return DEEPER_SCREENS.flatMap((screen) => {
    const parts = screen.split('/').map((part) => (part.startsWith(':') ? given.get(part.slice(1)) : part));
    return parts.includes(undefined) ? [] : [`#/${parts.map((part) => encodeURIComponent(part ?? '')).join('/')}`];
  });
}
