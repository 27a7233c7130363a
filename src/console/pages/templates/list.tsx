import { useSignal } from '@preact/signals';
import type { Template } from '../../../http/schemas/template.ts';
import { useList } from '../../api/use-list.ts';
import { language } from '../../i18n/language.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Field } from '../../parts/field.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { addressOf } from '../../state/place.ts';
import { may, site } from '../../state/session.ts';
import { familyOf, templateName, templateNames } from './names.ts';
import { words } from './words.ts';

export function TemplateList() {
  const search = useSignal('');
  const { rows, refusal } = useList<Template>('/v1/templates?limit=500');
  const wanted = search.value.trim().toLowerCase();
  const isFound = (template: Template): boolean =>
    [template.name, templateName(template.name), textOf(template)].some((words) => words.toLowerCase().includes(wanted));
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        {may('send') && (
          <a class="button primary" href={addressOf('templates', ['new'])}>
            {words('add')}
          </a>
        )}
      </header>
      <p class="quiet">{words('lead')}</p>
      <Field label={words('search')} value={search} type="search" maxLength={100} />
      <Waiting data={rows} refusal={refusal}>
        {(templates) => {
          const families = byFamily(templates.filter(isFound));
          if (families.size === 0) return <EmptyState icon="search" title={words('noneFound')} text={words('noneFoundText')} />;
          return inOrder(families).map(([family, members]) => (
            <section key={family} class="card stack tight">
              <h2>{templateNames.maybe(family)}</h2>
              <ul class="template-list">
                {members.map((template) => (
                  <li key={template.name}>
                    <a class="template-link" href={addressOf('templates', ['of', template.name])}>
                      <span class="row">
                        <b>{templateName(template.name)}</b>
                        {template.own.length > 0 && <span class="pill info">{words('own')}</span>}
                      </span>
                      <span class="template-text quiet">{textOf(template)}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ));
        }}
      </Waiting>
    </>
  );
}

function byFamily(templates: readonly Template[]): Map<string, Template[]> {
  const families = new Map<string, Template[]>();
  for (const template of templates) {
    const family = familyOf(template.name);
    families.set(family, [...(families.get(family) ?? []), template]);
  }
  return families;
}

/** The site's own first, then as a day goes. */
function inOrder(families: Map<string, Template[]>): [string, Template[]][] {
  const order = ['other', ...Object.keys(templateNames.entries)];
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  for (const members of families.values()) members.sort((a, b) => place(a.name) - place(b.name));
  return [...families].sort(([a], [b]) => place(a) - place(b));
}

/** In the language of whoever looks, else that of the site, else any. */
export function textOf({ texts }: Pick<Template, 'texts'>): string {
  return texts[language.value] ?? texts[site().language] ?? Object.values(texts)[0] ?? '';
}
