import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api/client.ts';
import { problemWords } from '../words/problems.ts';
import { Banner } from './banner.tsx';

interface FormProps {
  readonly class?: string;
  /** What is done when it is sent; the page stays where it is. */
  readonly onSubmit: () => unknown;
  /** Why that was refused, shown above the fields. */
  readonly refusal?: Refusal | undefined;
  readonly children: ComponentChildren;
}

/** Fields that are sent together. */
export function Form({ class: look = 'stack', onSubmit, refusal, children }: FormProps) {
  return (
    <form
      class={look}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {refusal && <Banner tone="bad" text={problemWords(refusal)} />}
      {children}
    </form>
  );
}
