import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { schemasOf } from '../support/api-document.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

const FILE = new URL('../../openapi.json', import.meta.url);

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: unknown[];
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Record<string, { description: string; content: Record<string, unknown> }>;
}

interface Document {
  readonly openapi: string;
  readonly info: { version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, { examples?: unknown[] }>; securitySchemes: Record<string, unknown> };
}

/** What is answered as something else than JSON. */
const OTHER_TYPES: ReadonlyMap<string, string> = new Map([
  ['streamEvents', 'text/event-stream'],
  ['metrics', 'text/plain'],
  ['exportContacts', 'text/csv'],
  ['exportConsents', 'text/csv'],
  ['printPoster', 'text/html'],
]);

/** What is asked by POST and writes nothing, and what only virtual phones have. */
const WRITES_NOTHING: ReadonlySet<string> = new Set([
  'previewSegments',
  'estimateCosts',
  'tryRules',
  'previewTemplate',
  'countSegment',
  'estimateCampaign',
  'writeOnPhone',
  'callFromPhone',
  'switchPhone',
]);
/** What is read and leaves an entry in the audit log. */
const AUDITED: ReadonlySet<string> = new Set(['exportContacts', 'exportConsents']);

const WRITE =
  'SIMPOST_TEST_WRITE_OPENAPI=1 npx vitest run test/integration/http-openapi.test.ts && npx biome format --write openapi.json && node examples/client/generate.mjs';

let rig: ApiRig;
let document: Document;
beforeAll(async () => {
  rig = await apiRig({ version: manifest.version });
  const response = await rig.app.inject({ url: '/openapi.json' });
  document = response.json();
  if (process.env.SIMPOST_TEST_WRITE_OPENAPI) await writeFile(FILE, `${JSON.stringify(document, null, 2)}\n`);
});
afterAll(() => rig.close());

describe('/openapi.json', () => {
  it('is the document that is committed', async () => {
    const committed: unknown = JSON.parse(await readFile(FILE, 'utf8'));
    expect(document, `to write it anew: ${WRITE}`).toEqual(committed);
  });

  it('has every call of the API, and only those', () => {
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
    );
    expect(calls.sort()).toEqual(
      [
        'POST /v1/messages',
        'GET /v1/occasions',
        'PUT /v1/occasions/{kind}/{externalId}',
        'GET /v1/occasions/{kind}/{externalId}',
        'DELETE /v1/occasions/{kind}/{externalId}',
        'POST /v1/occasions/{kind}/{externalId}/attendance',
        'POST /v1/occasions/notify',
        'POST /v1/occasions/notify/{id}/undo',
        'GET /v1/statistics',
        'GET /v1/ratings',
        'GET /v1/sequences',
        'GET /v1/sequences/{kind}',
        'PUT /v1/sequences/{kind}',
        'DELETE /v1/sequences/{kind}',
        'GET /v1/missed',
        'POST /v1/missed/{id}',
        'GET /v1/time',
        'PUT /v1/time',
        'POST /v1/modems/{modem}/pin',
        'POST /v1/messages/batch',
        'POST /v1/otp',
        'POST /v1/otp/{id}/verify',
        'GET /v1/messages',
        'GET /v1/messages/{id}',
        'DELETE /v1/messages/{id}',
        'POST /v1/messages/{id}/release',
        'POST /v1/messages/{id}/resolve',
        'GET /v1/inbound',
        'GET /v1/inbound/{id}',
        'POST /v1/consents',
        'GET /v1/consents',
        'GET /v1/consents/export',
        'PUT /v1/contacts/{externalId}',
        'GET /v1/contacts/{externalId}',
        'DELETE /v1/contacts/{externalId}',
        'GET /v1/contacts',
        'GET /v1/contacts/export',
        'POST /v1/contacts/import',
        'POST /v1/campaigns',
        'GET /v1/campaigns',
        'GET /v1/campaigns/{id}',
        'POST /v1/campaigns/{id}/estimate',
        'POST /v1/campaigns/{id}/start',
        'POST /v1/campaigns/{id}/pause',
        'POST /v1/campaigns/{id}/resume',
        'POST /v1/campaigns/{id}/cancel',
        'GET /v1/campaigns/{id}/results',
        'PUT /v1/segments/{name}',
        'GET /v1/segments/{name}',
        'DELETE /v1/segments/{name}',
        'GET /v1/segments',
        'POST /v1/segments/count',
        'PUT /v1/resources/{externalId}',
        'GET /v1/resources/{externalId}',
        'DELETE /v1/resources/{externalId}',
        'GET /v1/resources',
        'GET /v1/templates',
        'GET /v1/templates/{name}',
        'PUT /v1/templates/{name}',
        'DELETE /v1/templates/{name}',
        'POST /v1/templates/preview',
        'DELETE /v1/rules/{name}',
        'GET /v1/rules',
        'PUT /v1/rules/{name}',
        'POST /v1/rules/try',
        'GET /v1/conversations',
        'POST /v1/conversations/{contact}/seen',
        'GET /v1/dialogues',
        'GET /v1/dialogues/{id}',
        'POST /v1/dialogues',
        'POST /v1/dialogues/{id}/events',
        'POST /v1/dialogues/{id}/steer',
        'GET /v1/dialogue-definitions',
        'PUT /v1/dialogue-definitions/{name}',
        'DELETE /v1/dialogue-definitions/{name}',
        'GET /v1/posters',
        'GET /v1/posters/{word}/page',
        'PUT /v1/posters/{word}',
        'DELETE /v1/posters/{word}',
        'GET /v1/stock/{pool}',
        'PUT /v1/stock/{pool}',
        'POST /v1/stock/{pool}/free',
        'GET /v1/tasks',
        'POST /v1/tasks',
        'POST /v1/tasks/{id}/done',
        'POST /v1/suppressions',
        'GET /v1/suppressions',
        'DELETE /v1/suppressions',
        'POST /v1/suppressions/import',
        'GET /v1/suppressions/state',
        'PUT /v1/suppressions/state',
        'GET /v1/calls',
        'GET /v1/sims',
        'POST /v1/sims/{iccid}/top-up',
        'PUT /v1/sims/{iccid}/retirement',
        'DELETE /v1/sims/{iccid}/retirement',
        'PUT /v1/sims/{iccid}/allowance',
        'DELETE /v1/sims/{iccid}/allowance',
        'POST /v1/sims/{iccid}/ussd',
        'GET /v1/sims/{iccid}/forwarding',
        'PUT /v1/sims/{iccid}/forwarding',
        'DELETE /v1/sims/{iccid}/forwarding',
        'POST /v1/persons/export',
        'POST /v1/persons/erase',
        'GET /v1/alerts',
        'POST /v1/alerts/test',
        'GET /v1/webhooks',
        'POST /v1/webhooks',
        'PUT /v1/webhooks/{id}',
        'DELETE /v1/webhooks/{id}',
        'POST /v1/webhooks/{id}/secret',
        'GET /v1/webhooks/{id}/deliveries',
        'POST /v1/webhooks/{id}/resend',
        'GET /v1/backups',
        'POST /v1/backups',
        'POST /v1/backups/{name}/restore',
        'GET /v1/sending',
        'PUT /v1/sending',
        'GET /v1/modems',
        'GET /v1/modems/{modem}/trace',
        'PUT /v1/modems/{modem}/trace',
        'GET /v1/modems/{modem}/signal',
        'POST /v1/segments/preview',
        'GET /v1/costs',
        'POST /v1/costs/estimate',
        'GET /v1/audit',
        'POST /v1/setup',
        'POST /v1/session',
        'GET /v1/session',
        'DELETE /v1/session',
        'PUT /v1/session/password',
        'GET /v1/session/second-factor',
        'POST /v1/session/second-factor',
        'PUT /v1/session/second-factor',
        'POST /v1/session/second-factor/off',
        'DELETE /v1/users/{id}/second-factor',
        'GET /v1/users',
        'POST /v1/users',
        'PUT /v1/users/{id}',
        'DELETE /v1/users/{id}',
        'GET /v1/keys',
        'POST /v1/keys',
        'DELETE /v1/keys/{id}',
        'GET /v1/site',
        'GET /v1/manners',
        'GET /v1/settings',
        'PUT /v1/settings',
        'GET /v1/phones',
        'POST /v1/phones/{number}/texts',
        'POST /v1/phones/{number}/calls',
        'PUT /v1/phones/{number}',
        'GET /v1/events',
        'GET /healthz',
        'GET /readyz',
        'GET /metrics',
        'GET /openapi.json',
      ].sort(),
    );
  });

  it('is OpenAPI 3.1, and each call has an id, a sentence, its key and its problems', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toBe(manifest.version);
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    for (const { operationId, summary, security, responses } of operations) {
      expect(summary.length, operationId).toBeGreaterThan(3);
      expect(Array.isArray(security), operationId).toBe(true);
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect(description.length, `${operationId} ${status}`).toBeGreaterThan(3);
        expect(Object.keys(content), `${operationId} ${status}`).toEqual([
          Number(status) >= 400 ? 'application/problem+json' : (OTHER_TYPES.get(operationId) ?? 'application/json'),
        ]);
      }
      if (security.length > 0) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '500']));
    }
  });

  it('gives every list in pages, and all by the same two parameters', () => {
    const lists = Object.values(document.paths).flatMap(({ get }) => (get?.operationId.startsWith('list') ? [get] : []));
    // A table of sums is no list.
    const pages = lists.filter(({ operationId }) => operationId !== 'listCosts');
    expect(pages.length).toBeGreaterThan(25);
    const unlike = pages.filter((list) => {
      const asked = (list.parameters ?? []).map(({ name }) => name);
      return !asked.includes('limit') || !asked.includes('cursor') || !list.responses['400']?.description.includes('cursorInvalid');
    });
    expect(unlike.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('says of every call that writes that the disk may be full', () => {
    const calls = Object.values(document.paths).flatMap((methods) => Object.entries(methods));
    const silent = calls
      .filter(([method, { operationId }]) => (method === 'get' ? AUDITED.has(operationId) : !WRITES_NOTHING.has(operationId)))
      .filter(([, { responses }]) => responses['507'] === undefined);
    expect(silent.map(([, { operationId }]) => operationId)).toEqual([]);
  });

  it('refers to nothing that it lacks, and its examples are what it describes', () => {
    const schemaAt = schemasOf(document);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) expect(() => schemaAt(`#${reference}`), reference).not.toThrow();
    let examples = 0;
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const validate = schemaAt(`#/components/schemas/${name}`);
      for (const example of schema.examples ?? []) {
        examples += 1;
        validate(example);
        expect(validate.errors ?? [], name).toEqual([]);
      }
    }
    expect(examples).toBeGreaterThanOrEqual(8);
  });
});
