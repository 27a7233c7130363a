import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { partWords } from './words.ts';

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
  const input = useRef<HTMLInputElement>(null);
  const name = useSignal<string | undefined>(undefined);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="file-choice row">
        <input
          id={id}
          ref={input}
          type="file"
          accept={accept}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            name.value = file?.name;
            onChoose(file);
          }}
        />
        {/* The input's own button speaks the language of the browser; this one that of the console. Keys and screen readers use the input. */}
        <button type="button" class="button slim" tabIndex={-1} aria-hidden="true" onClick={() => input.current?.click()}>
          {partWords('chooseFile')}
        </button>
        <span class="written quiet" aria-hidden="true">
          {name.value ?? partWords('noFile')}
        </span>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
