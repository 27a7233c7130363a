import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import type { Site } from './schemas/site.ts';

/** What every page of the console begins with. */
export function siteRoutes(app: Api, { site: { name, country, language, phone }, timeZone, version, phones }: ApiParts): void {
  app.get(
    '/v1/site',
    {
      schema: {
        operationId: 'getSite',
        tags: ['box'],
        summary: 'What this installation is called and where it stands',
        response: answers({ 200: { description: 'The site.', schema: Shared('Site') } }, ['requestInvalid']),
      },
    },
    (): Promise<Site> =>
      Promise.resolve({ name, country, language, phone: phone ?? null, timeZone, version, virtualPhones: phones !== undefined }),
  );
}
