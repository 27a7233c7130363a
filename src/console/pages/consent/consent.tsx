import type { PageProps } from '../../page.ts';
import { Ledger } from './ledger.tsx';
import { OfNumber } from './of-number.tsx';
import { Poster } from './poster.tsx';
import { Posters } from './posters.tsx';
import './consent.css';

/** `#/consent`, `#/consent/of/NUMBER`, `#/consent/posters` and `#/consent/poster`. */
export default function ConsentPage({ place: { path } }: PageProps) {
  const [what, number] = path;
  if (what === 'poster') return <Poster />;
  if (what === 'posters') return <Posters />;
  return what === 'of' && number !== undefined ? <OfNumber key={number} number={number} /> : <Ledger />;
}
