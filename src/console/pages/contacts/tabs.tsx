import { Tabs } from '../../parts/tabs.tsx';
import { addressOf } from '../../state/place.ts';
import { resourceWords } from './resource-words.ts';
import { words } from './words.ts';

/** Clients, and whom and where they come to. */
export function ContactTabs({ isResources = false }: { isResources?: boolean }) {
  return (
    <Tabs
      label={words('title')}
      tabs={[
        { name: 'clients', label: words('clients'), href: addressOf('contacts') },
        { name: 'resources', label: resourceWords('title'), href: addressOf('contacts', ['resources']) },
      ]}
      open={isResources ? 'resources' : 'clients'}
    />
  );
}
