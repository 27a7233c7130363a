import { useId } from 'preact/hooks';
import type { Option } from './field.tsx';

/** One of a few words, all of them in sight. */
export function Segmented<V extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: V;
  options: readonly (Option<V> & { readonly count?: number | undefined })[];
  onChoose: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="hidden">{label}</legend>
      {options.map((one) => (
        <label key={one.value}>
          <input type="radio" name={name} checked={one.value === value} onChange={() => onChoose(one.value)} />
          <span>
            {one.label}
            {one.count !== undefined && one.count > 0 && <b class="badge">{one.count}</b>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
