import { Dialog } from './dialog.tsx';
import { partWords } from './words.ts';

/** A question before something that is hard to take back. */
export function AskFirst({
  title,
  text,
  yes,
  isBusy = false,
  onYes,
  onClose,
}: {
  title: string;
  text: string;
  /** What is done, as a verb. */
  yes: string;
  isBusy?: boolean;
  onYes: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {partWords('cancel')}
          </button>
          <button type="button" class="button danger" disabled={isBusy} onClick={onYes}>
            {yes}
          </button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
