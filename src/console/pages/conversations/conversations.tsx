import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PageProps } from '../../page.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ConversationList } from './list.tsx';
import { Thread } from './thread.tsx';
import { words } from './words.ts';
import './conversations.css';

/** Whom the desk talks to, and what was said. On a phone one of both at a time. */
export default function Conversations({ place }: PageProps) {
  const [contact] = place.path;
  const page = useRef<HTMLDivElement>(null);
  const isByKeys = useRef(false);
  const toReply = (): void => page.current?.querySelector<HTMLElement>('.reply textarea')?.focus();
  const toList = (): void => page.current?.querySelector<HTMLElement>('.talk-entry[aria-current]')?.focus();
  // Whoever opens one with the keyboard is past the rest of the list.
  useLayoutEffect(() => {
    if (isByKeys.current) toReply();
    isByKeys.current = false;
  }, [contact]);
  return (
    <div ref={page} class={`talks ${contact === undefined ? '' : 'one-open'}`}>
      <ConversationList
        open={contact}
        onKeys={(opened) => {
          if (opened === contact) toReply();
          else isByKeys.current = true;
        }}
      />
      {contact === undefined ? (
        <section class="talk nothing">
          <EmptyState icon="talk" title={words('choose')} text={words('chooseText')} />
        </section>
      ) : (
        <Thread key={contact} contact={contact} onLeave={toList} />
      )}
    </div>
  );
}
