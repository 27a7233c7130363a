import { useSignal } from '@preact/signals';
import { toast } from '../parts/toast.tsx';
import { fieldWords, problemWords } from '../words/problems.ts';
import { Refusal } from './client.ts';

export interface Deed {
  /** While it is done: whatever would do it again waits. */
  readonly isBusy: boolean;
  /** What the box would not do, until the next try. */
  readonly refusal: Refusal | undefined;
  /**
   * Has the box do something.
   * @param done said in a corner when it is done
   * @returns what it answered; undefined where it refused, which is said in a corner too unless `quietly`
   */
  readonly ask: <T>(what: () => Promise<T>, options?: { readonly done?: string; readonly quietly?: boolean }) => Promise<T | undefined>;
}

/** Something that the box is asked to do, once at a time. */
export function useDeed(): Deed {
  const busy = useSignal(false);
  const refusal = useSignal<Refusal | undefined>(undefined);
  return {
    isBusy: busy.value,
    refusal: refusal.value,
    ask: async (what, { done, quietly = false } = {}) => {
      if (busy.value) return undefined;
      busy.value = true;
      refusal.value = undefined;
      try {
        const answer = await what();
        if (done !== undefined) toast('good', done);
        return answer;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusal.value = error;
        if (!quietly) toast('bad', problemWords(error));
        return undefined;
      } finally {
        busy.value = false;
      }
    },
  };
}

/** What the box says is wrong with one place of what was written. @param pointer a JSON pointer, or how it begins */
export function problemAt(refusal: Refusal | undefined, pointer: string): string | undefined {
  // What stands in the address is called so.
  const inAddress = `?${pointer.slice(1)}`;
  const found = refusal?.errors.find(
    (one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`) || one.pointer === inAddress,
  );
  return refusal && found && fieldWords(refusal, found);
}
