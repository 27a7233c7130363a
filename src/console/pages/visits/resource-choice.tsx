import { Choice } from '../../parts/field.tsx';
import type { Resource } from './use-week.ts';
import { words } from './words.ts';

/** With whom, where there is anybody to choose from. @param none what no choice means */
export function ResourceChoice({
  resources,
  value,
  none,
  onChoose,
}: {
  resources: readonly Resource[];
  value: string;
  none: 'nobody' | 'anybody';
  onChoose: (externalId: string) => void;
}) {
  if (resources.length === 0) return null;
  const options = [{ value: '', label: words(none) }, ...resources.map(({ externalId, name }) => ({ value: externalId, label: name }))];
  return <Choice label={words('withWhom')} value={value} options={options} onChoose={onChoose} />;
}
