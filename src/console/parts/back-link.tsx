import { Icon } from './icon.tsx';

/** The way up from a deeper page, above its title: it looks the same everywhere. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <a class="back-link no-print" href={href}>
      <Icon name="back" />
      {label}
    </a>
  );
}
