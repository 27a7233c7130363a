import type { PageProps } from '../../page.ts';
import { EditTemplate, NewTemplate } from './edit.tsx';
import { TemplateList } from './list.tsx';
import './templates.css';

/** `#/templates`, `#/templates/new` and `#/templates/of/NAME`. */
export default function Templates({ place: { path } }: PageProps) {
  const [what, name] = path;
  if (what === 'new') return <NewTemplate />;
  return what === 'of' && name !== undefined ? <EditTemplate key={name} name={name} /> : <TemplateList />;
}
