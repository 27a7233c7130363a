import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../base/fault.ts';
import type { Api } from './parts.ts';
import { sendFault } from './problem.ts';

/**
 * Answers for addresses that nobody has and methods that an address does not take. Both are said before the body is read
 * and before a key is asked for: which addresses exist is public, it stands in `/openapi.json`.
 */
export function answerTheRest(app: Api): void {
  const routes: { segments: readonly string[]; method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    for (const one of [method].flat()) routes.push({ segments: url.split('/'), method: one });
  });

  const methodsAt = (path: string): string[] => {
    const segments = path.split('/');
    const here = routes.filter(
      (route) =>
        route.segments.length === segments.length &&
        route.segments.every((segment, i) => segment === segments[i] || (segment.startsWith(':') && segments[i] !== '')),
    );
    return [...new Set(here.map((route) => route.method))].sort();
  };

  const answer = (request: FastifyRequest, reply: FastifyReply): void => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = methodsAt(path);
    if (allowed.length === 0) {
      sendFault(reply, new Fault('notFound', 'There is no such address here; /openapi.json lists those that there are.'));
      return;
    }
    const allow = allowed.join(', ');
    reply.header('allow', allow);
    sendFault(reply, new Fault('methodNotAllowed', `This address takes ${allow}, not ${request.method.slice(0, 20)}.`));
  };

  // As a hook, since the handler for unknown addresses runs only after the body was read and parsed.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) answer(request, reply);
    else done();
  });
  app.setNotFoundHandler(answer);
}
