import type { PageProps } from '../../page.ts';
import { addressOf } from '../../state/place.ts';
import { OneDialogue } from './dialogue.tsx';
import { Kinds } from './kinds.tsx';
import { Running } from './running.tsx';
import { words } from './words.ts';
import './dialogues.css';

/** `#/dialogues`, `#/dialogues/kinds`, and `#/dialogues/of/ID`. */
export default function Dialogues({ place: { path } }: PageProps) {
  const [what, id] = path;
  if (what === 'of' && id !== undefined) return <OneDialogue key={id} id={id} />;
  return (
    <>
      <h1>{words('title')}</h1>
      <p class="quiet">{words('lead')}</p>
      <nav class="tabs" aria-label={words('sections')}>
        <a href={addressOf('dialogues')} aria-current={what === 'kinds' ? undefined : 'page'}>
          {words('running')}
        </a>
        <a href={addressOf('dialogues', ['kinds'])} aria-current={what === 'kinds' ? 'page' : undefined}>
          {words('kinds')}
        </a>
      </nav>
      {what === 'kinds' ? <Kinds /> : <Running />}
    </>
  );
}
