import type { ComponentType } from 'preact';
import type { Role } from '../store/records/user.ts';
import type { Entry } from './i18n/catalogue.ts';
import type { IconName } from './parts/icon.tsx';
import type { Place } from './state/place.ts';

/** What a page is given. */
export interface PageProps {
  readonly place: Place;
}

export interface Page {
  /** As it stands in the address. */
  readonly page: string;
  readonly label: Entry;
  readonly icon: IconName;
  /** Who sees it. What the API lets them do is its own matter. */
  readonly roles: readonly Role[];
  /** Only where modems are virtual. */
  readonly onlyVirtual?: true;
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

const ALL: readonly Role[] = ['owner', 'desk', 'readOnly', 'technician'];
const READERS: readonly Role[] = ['owner', 'desk', 'readOnly'];

/** Every page, in the order of the menu, one line each; the first is where one begins. Its folder has all that is its own. */
// biome-ignore format: one line each
export const PAGES: readonly Page[] = [
  { page: 'today', label: { uk: 'Сьогодні', ru: 'Сегодня', en: 'Today' }, icon: 'sun', roles: ALL, load: () => import('./pages/today/today.tsx') },
  { page: 'conversations', label: { uk: 'Розмови', ru: 'Беседы', en: 'Conversations' }, icon: 'talk', roles: READERS, load: () => import('./pages/conversations/conversations.tsx') },
];
