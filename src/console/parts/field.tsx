import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Common {
  readonly label: string;
  readonly value: Signal<string>;
  /** Under it, always. */
  readonly hint?: string | undefined;
  /** What is wrong with what was written. */
  readonly problem?: string | undefined;
  readonly required?: boolean;
  readonly autofocus?: boolean;
}

interface FieldProps extends Common {
  readonly type?: 'text' | 'password' | 'tel' | 'search' | 'datetime-local' | 'number' | 'time' | 'date';
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What it must look like, as a regular expression. */
  readonly pattern?: string;
  /** What Enter does here, instead of sending the form. */
  readonly onEnter?: () => void;
}

/** The browser heeds `autofocus` only in a page that is new and in a dialog that opens, not in a page of ours that takes the place of another. */
const takeFocus = (field: HTMLElement | null): void => field?.focus();

/** A line to write into, with its label above and what is wrong below. */
export function Field({ label, value, hint, problem, onEnter, ...rest }: FieldProps) {
  const id = useId();
  // Preact has a type of its own for each type of input.
  const attributes: Record<string, unknown> = rest;
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id}
        ref={rest.autofocus ? takeFocus : null}
        {...described(id, hint, problem)}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !onEnter) return;
          event.preventDefault();
          onEnter();
        }}
        {...attributes}
      />
    </Labelled>
  );
}

/** The same for a text of several lines. */
export function TextArea({
  label,
  value,
  hint,
  problem,
  rows = 4,
  onEnter,
  ...rest
}: Common & {
  readonly rows?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** What Enter does here, instead of beginning a line. */
  readonly onEnter?: (() => void) | undefined;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <textarea
        id={id}
        ref={rest.autofocus ? takeFocus : null}
        {...described(id, hint, problem)}
        rows={rows}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !onEnter) return;
          event.preventDefault();
          onEnter();
        }}
        {...rest}
      />
    </Labelled>
  );
}

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

/** One of several words, from a list that opens. */
export function Choice<V extends string>({
  label,
  value,
  options,
  hint,
  onChoose,
}: {
  label: string;
  value: V;
  options: readonly Option<V>[];
  hint?: string;
  onChoose: (value: V) => void;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} problem={undefined}>
      <select
        id={id}
        {...described(id, hint, undefined)}
        value={value}
        onChange={(event) => {
          const chosen = options.find((one) => one.value === event.currentTarget.value);
          if (chosen) onChoose(chosen.value);
        }}
      >
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A yes or no. */
export function Check({
  label,
  checked,
  hint,
  onChange,
}: {
  label: ComponentChildren;
  checked: boolean;
  hint?: string;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="field check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        {...described(id, hint, undefined)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Labelled({
  id,
  label,
  hint,
  problem,
  children,
}: {
  id: string;
  label: string;
  hint: string | undefined;
  problem: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <ProblemOf id={id} problem={problem} />
    </div>
  );
}

/** What is wrong with a control, said where its `described` leads. @param id of the control */
export function ProblemOf({ id, problem }: { id: string; problem: string | undefined }) {
  return problem ? (
    <p class="problem" id={`${id}-problem`} role="alert">
      {problem}
    </p>
  ) : null;
}

/** What ties a control to its hint and to what is wrong with it. */
export function described(id: string, hint: string | undefined, problem: string | undefined) {
  const by = [...(hint ? [`${id}-hint`] : []), ...(problem ? [`${id}-problem`] : [])].join(' ');
  return { ...(by === '' ? {} : { 'aria-describedby': by }), ...(problem ? { 'aria-invalid': true } : {}) };
}
