import { useLayoutEffect, useRef } from 'preact/hooks';

export interface Tab {
  readonly name: string;
  readonly label: string;
  readonly href: string;
}

/** The parts of a page. On a phone they scroll, and the one that is open is brought into sight. */
export function Tabs({ label, tabs, open }: { label: string; tabs: readonly Tab[]; open: string }) {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (!bar.current || !current) return;
    bar.current.scrollLeft = current.offsetLeft - bar.current.offsetLeft - (bar.current.clientWidth - current.offsetWidth) / 2;
  }, [open]);
  return (
    <nav class="tabs" aria-label={label} ref={bar}>
      {tabs.map((tab) => (
        <a key={tab.name} href={tab.href} aria-current={tab.name === open ? 'page' : undefined}>
          {tab.label}
        </a>
      ))}
    </nav>
  );
}
