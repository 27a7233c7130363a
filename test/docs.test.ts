import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

/** The anchors of a page, as the usual renderers make them of its headings. */
function anchors(page: string): Set<string> {
  const headings = readFileSync(page, 'utf8').matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\d -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What a link within the project is wrong about; undefined when it leads somewhere. */
function brokenness(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
  if (!existsSync(target)) return `${page}: there is no ${path}`;
  return anchor === undefined || anchors(target).has(anchor) ? undefined : `${page}: ${link} has no such heading`;
}

it.each(PAGES)('%s has no link that leads nowhere', (page) => {
  const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) =>
    /^https?:/.test(link) ? [] : [link],
  );
  expect(links.flatMap((link) => brokenness(page, link) ?? [])).toEqual([]);
});

it('the README names each page of the manual', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const page of PAGES.filter((name) => name.startsWith('docs/'))) expect(readme).toContain(`](${page})`);
});

it('a link that leads nowhere is found (control)', () => {
  expect(brokenness('README.md', 'docs/none.md')).toMatch(/there is no docs\/none\.md/);
  expect(brokenness('README.md', '#no-such-heading')).toMatch(/no such heading/);
});
