import { words } from './words.ts';

export default function Today() {
  return <h1>{words('title')}</h1>;
}
