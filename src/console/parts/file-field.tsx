import { useId } from 'preact/hooks';

/** A file of whoever sits here. It goes nowhere before they say so. */
export function FileField({
  label,
  hint,
  accept,
  onChoose,
}: {
  label: string;
  hint: string;
  accept: string;
  onChoose: (file: File | undefined) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChoose(event.currentTarget.files?.[0])}
      />
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
