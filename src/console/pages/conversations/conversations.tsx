import type { PageProps } from '../../page.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ConversationList } from './list.tsx';
import { Thread } from './thread.tsx';
import { words } from './words.ts';
import './conversations.css';

/** Whom the desk talks to, and what was said. On a phone one of both at a time. */
export default function Conversations({ place }: PageProps) {
  const [contact] = place.path;
  return (
    <div class={`talks ${contact === undefined ? '' : 'one-open'}`}>
      <ConversationList open={contact} />
      {contact === undefined ? (
        <section class="talk nothing">
          <EmptyState icon="talk" title={words('choose')} text={words('chooseText')} />
        </section>
      ) : (
        <Thread key={contact} contact={contact} />
      )}
    </div>
  );
}
