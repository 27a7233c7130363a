import type { PageProps } from '../../page.ts';
import { Tabs } from '../../parts/tabs.tsx';
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
      <Tabs
        label={words('sections')}
        tabs={[
          { name: 'running', label: words('running'), href: addressOf('dialogues') },
          { name: 'kinds', label: words('kinds'), href: addressOf('dialogues', ['kinds']) },
        ]}
        open={what === 'kinds' ? 'kinds' : 'running'}
      />
      {what === 'kinds' ? <Kinds /> : <Running />}
    </>
  );
}
