import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { words } from './words.ts';

/** A few lines about one thing, or one that there is nothing. */
export function Card({
  title,
  icon,
  href,
  isEmpty,
  empty,
  children,
}: {
  title: string;
  icon: IconName;
  href?: string;
  isEmpty: boolean;
  empty: string;
  children: ComponentChildren;
}) {
  return (
    <section class="card today-card">
      <header class="row apart">
        <h2 class="row">
          <Icon name={icon} />
          {title}
        </h2>
        {href !== undefined && (
          <a class="small" href={href} aria-label={`${title}: ${words('all')}`}>
            {words('all')}
          </a>
        )}
      </header>
      {isEmpty ? <p class="quiet">{empty}</p> : <ul>{children}</ul>}
    </section>
  );
}

export function Row({ href, head, end, children }: { href?: string; head: ComponentChildren; end: string; children?: ComponentChildren }) {
  const line = (
    <>
      <span class="today-head">{head}</span>
      <span class="quiet small">{end}</span>
      {children && <span class="today-line quiet">{children}</span>}
    </>
  );
  return (
    <li>
      {href === undefined ? (
        <span class="today-row">{line}</span>
      ) : (
        <a class="today-row" href={href}>
          {line}
        </a>
      )}
    </li>
  );
}
