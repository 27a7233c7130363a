import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api/client.ts';
import { problemWords } from '../words/problems.ts';
import { Banner } from './banner.tsx';
import { Spinner } from './spinner.tsx';

/** What the box answered, once it has; until then that it is asked, or why it would not say. */
export function Waiting<T>({
  data,
  refusal,
  children,
}: {
  data: T | undefined;
  refusal: Refusal | undefined;
  children: (data: T) => ComponentChildren;
}) {
  if (data !== undefined) return <>{children(data)}</>;
  return refusal ? <Banner tone="bad" text={problemWords(refusal)} /> : <Spinner />;
}
