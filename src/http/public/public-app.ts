import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../../base/clock.ts';
import { Fault } from '../../base/fault.ts';
import { type Log, maskNumber } from '../../base/log.ts';
import type { Store } from '../../store/store.ts';
import { PAGE_LANGUAGES, type PageLanguage, pageWords } from '../../texts/public-pages.ts';
import { RequestLimits } from '../request-limits.ts';
import { askPage, choiceIn, optOutPage } from './opt-out-page.ts';
import { PAGE_POLICY, page, said } from './page.ts';

/** Octets of a form: there is little in it. */
const FORM = 4096;

/** Requests in a second from all together: behind a web server all have one address. */
const PER_SECOND = 50;

/** Questions to numbers that somebody entered, in an hour: nobody can make this box write to all of its clients. */
const QUESTIONS = 30;

/** A token as it is made: 128 bits in base64url. */
const TOKEN = /^[\w-]{22}$/;

/** A short link of a campaign: 48 bits in base64url. */
const LINK = /^[\w-]{8}$/;

export interface PublicParts {
  readonly store: Pick<Store, 'publicPages' | 'campaigns'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly site: string;
  readonly language: PageLanguage;
  normalizeNumber(written: string): string;
  /** A text of our own is written down and is to go out. */
  onReply(): void;
}

/** The pages for clients, on a listener of their own: nothing of the API can be reached there, and nothing they do needs a key. */
export async function publicApp(parts: PublicParts): Promise<FastifyInstance> {
  const { store, clock, log, site } = parts;
  const app = Fastify({
    logger: false,
    bodyLimit: FORM,
    connectionTimeout: 10_000,
    requestTimeout: 10_000,
    routerOptions: { maxParamLength: 100 },
  });
  const limits = new RequestLimits(clock, PER_SECOND);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
  app.addHook('onRequest', (_request, reply, done) => {
    reply
      .header('content-security-policy', PAGE_POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('x-content-type-options', 'nosniff')
      .header('x-robots-tag', 'noindex')
      .header('permissions-policy', 'geolocation=(), camera=(), microphone=()')
      .header('cross-origin-opener-policy', 'same-origin')
      .header('cache-control', 'no-store');
    limits.take('all', reply);
    done();
  });
  const send = (reply: FastifyReply, html: string, status = 200) => reply.code(status).type('text/html; charset=utf-8').send(html);
  const simple = (request: FastifyRequest, reply: FastifyReply, what: 'unknown', status: number) => {
    const language = languageOf(request, parts.language);
    const say = pageWords(language, { site });
    return send(reply, page(language, say('title'), said(say(what))), status);
  };
  app.setNotFoundHandler((request, reply) => simple(request, reply, 'unknown', 404));
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Fault ? error.status : error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 500) log.error({ err: error }, 'a page for clients failed');
    return simple(request, reply, 'unknown', status >= 400 ? status : 500);
  });

  /** The number that a token leads to, and what is said of it. */
  const clientOf = async (request: FastifyRequest<{ Params: { token: string } }>) => {
    const { token } = request.params;
    const number = TOKEN.test(token) ? await store.publicPages.numberOf(token) : undefined;
    if (number === undefined) return undefined;
    const language = languageOf(request, parts.language);
    const say = pageWords(language, { site, number: maskNumber(number) });
    return { number, language, say, topics: await store.publicPages.topicsOf(number) };
  };

  app.get<{ Params: { token: string } }>('/o/:token', async (request, reply) => {
    const client = await clientOf(request);
    if (!client) return simple(request, reply, 'unknown', 404);
    return send(reply, optOutPage(client.language, client.say, client.topics));
  });

  app.post<{ Params: { token: string } }>('/o/:token', async (request, reply) => {
    const client = await clientOf(request);
    if (!client) return simple(request, reply, 'unknown', 404);
    const { number, language, say, topics } = client;
    const choice = choiceIn(formIn(request), topics);
    if (!choice) return send(reply, optOutPage(language, say, topics, say('nothing')), 422);
    await store.publicPages.choose(number, choice, clock.now());
    log.info({ to: maskNumber(number), choice: choice.kind }, 'a client chose on the page');
    return send(reply, page(language, say('title'), said(say('done'))));
  });

  // A web page that is fetched in advance by HEAD is not followed.
  app.get<{ Params: { token: string } }>('/l/:token', { exposeHeadRoute: false }, async (request, reply) => {
    const { token } = request.params;
    const url = LINK.test(token) ? await store.campaigns.follow(token, clock.now()) : undefined;
    return url === undefined ? simple(request, reply, 'unknown', 404) : reply.redirect(url, 302);
  });

  app.get('/', (request, reply) => {
    const language = languageOf(request, parts.language);
    return send(reply, askPage(language, pageWords(language, { site })));
  });

  app.post('/', async (request, reply) => {
    const language = languageOf(request, parts.language);
    const say = pageWords(language, { site });
    let number: string;
    try {
      number = parts.normalizeNumber((formIn(request).get('number') ?? '').slice(0, 30));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return send(reply, askPage(language, say, say('wrong')), 422);
    }
    // The answer is the same whether the number is known here or not.
    if (await store.publicPages.askByText(number, say('question'), QUESTIONS, clock.now())) parts.onReply();
    return send(reply, page(language, say('title'), said(say('asked'))));
  });

  await app.ready();
  return app;
}

const formIn = (request: FastifyRequest): URLSearchParams =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams();

/** The first that the browser asks for and that there is. */
function languageOf(request: FastifyRequest, site: PageLanguage): PageLanguage {
  const asked = String(request.headers['accept-language'] ?? '').slice(0, 200);
  const wanted = asked.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((two) => PAGE_LANGUAGES.find((language) => language === two) ?? [])[0] ?? site;
}
