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
