import { partWords } from './words.ts';

interface FormEndProps {
  /** What the button does that sends the form, in words. */
  readonly act: string;
  readonly disabled?: boolean;
  /** It does something that cannot be taken back at once. */
  readonly danger?: boolean;
  readonly onCancel: () => void;
}

/** The two ends of a form in a dialog: it is sent, or left as it was. */
export function FormEnd({ act, disabled = false, danger = false, onCancel }: FormEndProps) {
  return (
    <div class="row">
      <button type="submit" class={`button ${danger ? 'danger' : 'primary'}`} disabled={disabled}>
        {act}
      </button>
      <button type="button" class="button" onClick={onCancel}>
        {partWords('cancel')}
      </button>
    </div>
  );
}
