import type { PageProps } from '../../page.ts';
import { Agenda } from './agenda.tsx';
import { dayToday } from './days.ts';
import { Visit } from './visit.tsx';
import './visits.css';

/** `#/visits`, `#/visits?day=2026-11-24`, and `#/visits/of/NAME`. */
export default function Visits({ place: { path, query } }: PageProps) {
  const [what, id] = path;
  if (what === 'of' && id !== undefined) return <Visit key={id} id={id} />;
  const asked = query.get('day') ?? '';
  return <Agenda day={/^\d{4}-\d\d-\d\d$/.test(asked) ? asked : dayToday()} />;
}
