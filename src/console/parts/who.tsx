import { phone } from '../i18n/format.ts';

/** Whom it is about: the name where it is known, and always the number. */
export function Who({ name, number }: { name: string | null | undefined; number: string }) {
  if (!name) return <span class="number">{phone(number)}</span>;
  return (
    <>
      <span class="written">{name}</span> <span class="number quiet small">{phone(number)}</span>
    </>
  );
}
