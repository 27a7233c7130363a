import { Type } from 'typebox';
import { renderSVG } from 'uqr';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { readKeyword } from '../policy/keywords.ts';
import { LANGUAGES } from '../policy/language.ts';
import { patternFlaw } from '../policy/text-pattern.ts';
import type { Poster } from '../store/records/poster.ts';
import { PAGE_LANGUAGES, pageWords, posterText } from '../texts/public-pages.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { escapeHtml, PAGE_POLICY, page, paragraph } from './public/page.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { PosterParams, PosterRemoved, SetPoster } from './schemas/poster.ts';

const tags = ['opt-out'];

/** Posters for the desk: a code that opens a ready text, and what its arrival means. */
export function posterRoutes(app: Api, { store, clock, site, normalizeNumber }: ApiParts): void {
  app.get(
    '/v1/posters',
    {
      schema: {
        operationId: 'listPosters',
        tags,
        summary: 'The posters',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of posters, by their words.', schema: listOf('Poster') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    (request) => Promise.resolve(pageOf('posters', store.posters.all().map(shaped), ({ word }) => word, pageIn(request.query))),
  );

  app.put(
    '/v1/posters/:word',
    {
      schema: {
        operationId: 'putPoster',
        tags,
        summary: 'Make a poster, or change it',
        description:
          'Give it a new word when its wording changes: the ledger keeps the words that were agreed to, and the word tells which hung there.',
        params: PosterParams,
        body: SetPoster,
        response: answers({ 200: { description: 'The poster.', schema: Shared('Poster') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'posterInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { word } = request.params;
      const { kind = 'consent', wording, number, language = site.language } = request.body;
      const why = patternFlaw(word) ?? (/[*?#|\s]/.test(word) ? 'is not one word' : undefined);
      const taken = readKeyword(word).kind === 'none' ? undefined : 'is a word that means something else: choose another';
      if (why ?? taken)
        throw new Fault('posterInvalid', `The word ${why ?? taken}.`, [
          { pointer: '/word', detail: why ?? taken ?? '', reason: why === undefined ? 'reserved' : 'phrase' },
        ]);
      const poster: Poster = { word, kind, wording, number: normalizeNumber(number), language, at: clock.now() };
      await store.posters.put(poster, auditEntry(clock, request, 'poster.set', word, { kind }));
      return shaped(poster);
    },
  );

  app.delete(
    '/v1/posters/:word',
    {
      schema: {
        operationId: 'removePoster',
        tags,
        summary: 'Take a poster away',
        description: 'Its word means nothing any more; consents that came from it stay.',
        params: PosterParams,
        response: answers({ 200: { description: 'Removed.', schema: PosterRemoved } }, ['requestInvalid', 'notFound', 'storeFull']),
      },
    },
    async (request) => {
      const { word } = request.params;
      if (!(await store.posters.remove(word, auditEntry(clock, request, 'poster.remove', word)))) throw noSuch();
      return { word, removed: true as const };
    },
  );

  app.get(
    '/v1/posters/:word/page',
    {
      schema: {
        operationId: 'printPoster',
        tags,
        summary: 'A poster to print',
        params: PosterParams,
        response: answers({ 200: { description: 'The page.', schema: Type.String(), contentType: 'text/html' } }, [
          'requestInvalid',
          'notFound',
        ]),
      },
    },
    (request, reply) => {
      const poster = store.posters.all().find(({ word }) => word === request.params.word);
      if (!poster) throw noSuch();
      const language = PAGE_LANGUAGES.find((known) => known === poster.language) ?? 'en';
      const say = pageWords(language, { site: site.name, number: poster.number });
      const { text, smsUri } = shaped(poster);
      const code = renderSVG(smsUri, { ecc: 'M', border: 4 });
      const body = `${paragraph(poster.wording)}${code}<p>${escapeHtml(say('scan'))} <strong>${escapeHtml(text)}</strong></p>`;
      return reply
        .header('content-security-policy', PAGE_POLICY)
        .type('text/html; charset=utf-8')
        .send(page(language, site.name, body));
    },
  );
}

const noSuch = (): Fault => new Fault('notFound', 'There is no such poster; GET /v1/posters lists them.');

function shaped({ word, kind, wording, number, language, at }: Poster) {
  const text = posterText(kind, language, word);
  const known = LANGUAGES.find((one) => one === language) ?? 'en';
  return { word, kind, wording, number, language: known, text, smsUri: `sms:${number}?body=${encodeURIComponent(text)}`, at: rfc3339(at) };
}
