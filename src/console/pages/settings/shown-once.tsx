import { useEffect, useRef } from 'preact/hooks';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { toast } from '../../parts/toast.tsx';
import { words } from './words.ts';

/** A secret that is shown this once. */
export function ShownOnce({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const copy = async (): Promise<void> => {
    field.current?.select();
    // A page that came by plain HTTP from another machine has no clipboard: what is selected is copied by hand there.
    if (globalThis.isSecureContext) {
      await navigator.clipboard.writeText(secret);
      toast('good', words('copied'));
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button primary" onClick={() => void copy()}>
            {words('copy')}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {words('secretKept')}
          </button>
        </>
      }
    >
      <Banner tone="warn" text={words('secretOnce')} />
      <input ref={field} class="secret mono" readOnly value={secret} aria-label={title} />
    </Dialog>
  );
}
