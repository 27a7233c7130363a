import type { PageProps } from '../../page.ts';
import { MessageList } from './list.tsx';
import { MessageStory } from './story.tsx';
import './queue.css';

/** Every message, and the whole story of one. */
export default function Queue({ place }: PageProps) {
  const [id] = place.path;
  return id === undefined ? <MessageList query={place.query} /> : <MessageStory key={id} id={id} />;
}
