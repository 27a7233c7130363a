import type { PageProps } from '../../page.ts';
import { Ledger } from './ledger.tsx';
import { OfNumber } from './of-number.tsx';
import { Poster } from './poster.tsx';
import './consent.css';

/** `#/consent`, `#/consent/of/NUMBER` and `#/consent/poster`. */
export default function ConsentPage({ place: { path } }: PageProps) {
  const [what, number] = path;
  if (what === 'poster') return <Poster />;
  return what === 'of' && number !== undefined ? <OfNumber key={number} number={number} /> : <Ledger />;
}
