import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { LANGUAGES } from '../policy/language.ts';
import type { StoredTemplate } from '../store/records/template.ts';
import { fieldsOf } from '../templates/parse.ts';
import { SHIPPED_NAMES, templateOf, type Template as UsedTemplate } from '../templates/shelf.ts';
import { textsOf } from '../templates/stored.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { SetTemplate, type Template, TemplateParams, TemplatePreviewRequest } from './schemas/template.ts';
import { previewTemplate } from './template-preview.ts';
import { checkText } from './text.ts';

const tags = ['templates'];

/** The texts to clients: those that Simpost ships, and over them the site's own. */
export function templateRoutes(app: Api, parts: ApiParts): void {
  const { store, clock } = parts;

  app.get(
    '/v1/templates',
    {
      schema: {
        operationId: 'listTemplates',
        tags,
        summary: 'List the texts to clients',
        description: 'By name: those that Simpost ships in Ukrainian, Russian, Kazakh and English, and the site’s own.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of templates.', schema: listOf('Template') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    (request) => {
      const own = new Map(store.templates.all().map((template) => [template.name, template]));
      const all = [...new Set([...SHIPPED_NAMES, ...own.keys()])].flatMap((name) => shown(name, own.get(name)) ?? []);
      return Promise.resolve(pageOf('templates', all, ({ name }) => name, pageIn(request.query)));
    },
  );

  app.get(
    '/v1/templates/:name',
    {
      schema: {
        operationId: 'getTemplate',
        tags,
        summary: 'One text to clients',
        params: TemplateParams,
        response: answers({ 200: { description: 'The template.', schema: Shared('Template') } }, ['requestInvalid', 'notFound']),
      },
    },
    (request) => {
      const { name } = request.params;
      return Promise.resolve(shown(name, store.templates.of(name)) ?? unknown(name));
    },
  );

  app.put(
    '/v1/templates/:name',
    {
      schema: {
        operationId: 'setTemplate',
        tags,
        summary: 'Write a text of your own',
        description:
          'It stands over the shipped one of this name, language by language; languages that are not given are taken from the shipped one.',
        params: TemplateParams,
        body: SetTemplate,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('Template') } }, [
          ...BODY_FAULTS,
          'templateInvalid',
          'textInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { name } = request.params;
      const texts = new Map<string, string>();
      for (const language of LANGUAGES) {
        const text = request.body.texts[language];
        if (text === undefined) continue;
        checkTemplate(text, `/texts/${language}`);
        texts.set(language, text);
      }
      const template = { name, texts, updatedAt: clock.now() };
      await store.templates.put(template, auditEntry(clock, request, 'template.set', name, { languages: [...texts.keys()].join(' ') }));
      return shown(name, template) ?? unknown(name);
    },
  );

  app.delete(
    '/v1/templates/:name',
    {
      schema: {
        operationId: 'removeTemplate',
        tags,
        summary: 'Remove a text of your own',
        description: 'The shipped one of this name counts again, where there is one.',
        params: TemplateParams,
        response: answers({ 200: { description: 'Removed.', schema: Shared('TemplateRemoved') } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { name } = request.params;
      if (!(await store.templates.remove(name, auditEntry(clock, request, 'template.remove', name)))) {
        throw new Fault('notFound', `The site has no template ${name} of its own; GET /v1/templates lists those that there are.`);
      }
      return { name, removed: true as const };
    },
  );

  app.post(
    '/v1/templates/preview',
    {
      schema: {
        operationId: 'previewTemplate',
        tags,
        summary: 'See a text as a client would read it',
        description:
          'Filled in and written in the reader’s language, with its segments and price, the longest that it may become, and what would save a segment. Nothing is stored.',
        body: TemplatePreviewRequest,
        response: answers({ 200: { description: 'The text.', schema: Shared('TemplatePreview') } }, [
          ...BODY_FAULTS,
          'templateInvalid',
          'templateUnknown',
          'contactUnknown',
          'textInvalid',
          'numberInvalid',
          'simUnknown',
        ]),
      },
    },
    (request) => Promise.resolve(previewTemplate(request.body, parts)),
  );
}

/** @throws Fault `templateInvalid`, `textInvalid` with the place in the body */
export function checkTemplate(text: string, pointer: string): void {
  try {
    checkText(text);
    fieldsOf(text);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const places = error.places.map((place) => ({ ...place, pointer }));
    throw new Fault(error.code, error.message, places, { cause: error });
  }
}

function unknown(name: string): never {
  throw new Fault('notFound', `There is no template ${name}; GET /v1/templates lists those that there are.`);
}

function shown(name: string, own: StoredTemplate | undefined): Template | undefined {
  const template = templateOf(name, textsOf(own));
  return template && shape(template, own?.updatedAt);
}

const shape = ({ name, texts, own, shipped }: UsedTemplate, updatedAt: number | undefined): Template => ({
  name,
  texts: { ...texts },
  own: [...own],
  shipped,
  fields: [...new Set(Object.values(texts).flatMap(fieldsOf))],
  updatedAt: updatedAt === undefined ? null : rfc3339(updatedAt),
});
