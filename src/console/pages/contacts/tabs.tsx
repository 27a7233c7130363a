import { addressOf } from '../../state/place.ts';
import { resourceWords } from './resource-words.ts';
import { words } from './words.ts';

/** Clients, and whom and where they come to. */
export function ContactTabs({ isResources = false }: { isResources?: boolean }) {
  return (
    <nav class="tabs" aria-label={words('title')}>
      <a href={addressOf('contacts')} aria-current={isResources ? undefined : 'page'}>
        {words('clients')}
      </a>
      <a href={addressOf('contacts', ['resources'])} aria-current={isResources ? 'page' : undefined}>
        {resourceWords('title')}
      </a>
    </nav>
  );
}
